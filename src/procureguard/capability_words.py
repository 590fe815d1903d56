"""Words of a need that count less than others, and words that mean much the same to somebody who looks for a tool."""

from collections.abc import Mapping


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SILENT = _set(
    "a about across after all along an and any are as at be been before being both but by can could der die das des "
    "did do does doing ein eine each every for from fur get gets getting got had has have having he help helps her his "
    "how i if im in into is it its let lets like make makes many may me mit more most much my need needs no not of off "
    "on or other our ours out over own per she should so some somebody someone something such than that the their them "
    "then there these they this those to und up us very want wants was we were what when where whether which while who "
    "whom whose why will with without would you your"
)
"""Words that say nothing of what a tool does."""

FILLERS = _set(
    "app application manage management marketing online platform product program programme service software solution "
    "suite system team technology tool web"
)
"""Words that fit nearly every tool."""

EVERYDAY = _set(
    "add ahead always available better big bring build business buy change come company complete copy create customer "
    "daily day different easy end enough everybody everything fast find first free give go good great happen hold "
    "house idea info information keep know large last latest leave list little live long look low match month morning "
    "move name new next nice night now number offer old once one open order part people person pick place plan point "
    "put quick quickly quiet read ready real right run same see sell send set share shop show side single site small "
    "source special start state stay stop take talk tell thing think three through time today together track try turn "
    "two under use useful user visit visitor watch way week whole work world write year"
)
"""Words of every conversation: they say less than their rarity among capabilities makes believe."""

_MEANING_THE_SAME = (
    "account company firm organisation business",
    "ad advert advertisement advertising commercial spot",
    "answer reply respond response",
    "app application",
    "approve approval release",
    "article blog post story",
    "artificial ai",
    "audience segment target",
    "automate automated automatic automatically automation",
    "book booking reserve schedule scheduling appointment",
    "brochure flyer leaflet print printed",
    "budget cost expense money spend spending",
    "buyer client customer shopper consumer",
    "call phone telephone ring",
    "campaign promotion",
    "chat conversation talk message",
    "colleague employee staff",
    "collect gather capture",
    "competitor rival",
    "conference congress event fair",
    "connect integrate integration interface link",
    "consent permission opt",
    "contact address lead prospect",
    "contract agreement sign signature",
    "copywriting text wording writing write",
    "delete erase erasure remove",
    "design draw layout",
    "developer programmer programming code coding",
    "document file",
    "double duplicate deduplication twice",
    "draft artwork proof",
    "edit cut trim editing",
    "email mail mailing newsletter",
    "feedback opinion comment rating review",
    "film clip video footage movie",
    "fake fraud bot robot",
    "goal target aim objective",
    "human people person user",
    "image picture photo photograph visual graphic",
    "influencer creator blogger",
    "invite invitation registration register guest attendee participant",
    "journalist reporter press media",
    "language translation translate localisation localise french spanish german",
    "leave cancel churn quit",
    "loyalty bonus reward perk point club",
    "market industry",
    "measure analytics statistic count figure metric",
    "meeting conferencing conference",
    "mention mentioned talk saying",
    "network channel",
    "notification notify alert reminder",
    "outdoor billboard poster street station",
    "partner reseller dealer distributor",
    "pay payment paid",
    "personalise personalisation individual personal",
    "podcast audio radio sound",
    "poll questionnaire survey question ask",
    "predict prediction predictive forecast likely",
    "price quote offer",
    "privacy gdpr personal",
    "profile record",
    "programmatic automatically",
    "question request enquiry",
    "recommend recommendation suggest refer referral friend",
    "report dashboard overview",
    "research study researching",
    "sale sell selling revenue",
    "satisfaction satisfied happy",
    "screen display",
    "search find searching",
    "seminar webinar talk workshop",
    "shop store ecommerce commerce shopping",
    "slide deck presentation",
    "sms text texting",
    "social network",
    "speech voice narrator speaker aloud",
    "subscriber list recipient",
    "task deadline todo",
    "template layout",
    "test testing experiment try",
    "ticket support enquiry complaint",
    "tv television streaming",
    "vendor supplier",
    "version variant",
    "warm nurture nurturing",
    "website site page homepage web",
)
"""Lines of words of which one is likely to be meant where another is said."""


def _by_word() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _MEANING_THE_SAME:
        for word in line.split():
            found.setdefault(word, set()).update(line.split())
    return {word: frozenset(words - {word}) for word, words in found.items()}


MEANING_THE_SAME = _by_word()
"""The other words that may be meant, by the word said."""
