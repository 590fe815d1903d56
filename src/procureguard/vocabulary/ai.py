"""Artificial intelligence: what it does in the product, and who keeps watch."""

from typing import Annotated, Literal

from procureguard.vocabulary.fact import Change, Said, Section, fact
from procureguard.vocabulary.kinds import Kind, Many, YesNo

AiFunction = Annotated[
    Literal[
        "generate_text",
        "generate_image",
        "generate_video",
        "generate_audio",
        "clone_voice",
        "chatbot",
        "voice_assistant",
        "scoring",
        "personalisation",
        "lookalike",
        "acts_in_systems",
        "spends_money",
        "emotion_recognition_at_work",
        "biometric_categorisation",
        "subliminal_manipulation",
        "exploits_vulnerability",
        "social_scoring",
        "face_scraping",
    ],
    Kind(
        "AiFunction",
        "enum",
        {
            "generate_text": "Writes texts",
            "generate_image": "Makes pictures",
            "generate_video": "Makes videos",
            "generate_audio": "Makes speech, music or other sound",
            "clone_voice": "Speaks with a particular person's voice",
            "chatbot": "Answers people in writing",
            "voice_assistant": "Talks with people",
            "scoring": "Rates or ranks people, such as leads",
            "personalisation": "Chooses what each person gets to see",
            "lookalike": "Finds people who resemble those we know",
            "acts_in_systems": "Takes steps in other systems by itself",
            "spends_money": "Spends money by itself, such as by bidding for ads",
            "emotion_recognition_at_work": "Reads feelings of people at work; forbidden in the EU, with few exceptions",
            "biometric_categorisation": "Sorts people by face or body into sensitive groups; forbidden in the EU",
            "subliminal_manipulation": "Sways people in ways they cannot notice; forbidden in the EU",
            "exploits_vulnerability": "Takes advantage of age, disability or hardship; forbidden in the EU",
            "social_scoring": "Rates people by how they live, to their disadvantage; forbidden in the EU",
            "face_scraping": "Collects faces from the internet or cameras; forbidden in the EU",
        },
    ),
]

Training = Annotated[
    Literal["always", "opt_out_possible", "opted_out", "opt_in_only", "never"],
    Kind(
        "Training",
        "enum",
        {
            "always": "Models learn from our data, and nothing stops that",
            "opt_out_possible": "Models learn from our data until we object, and we have not objected",
            "opted_out": "Models would learn from our data, and we have objected",
            "opt_in_only": "Models learn from our data only if we ask for it",
            "never": "Models never learn from our data",
        },
    ),
]


class AiFacts(Section):
    """What its artificial intelligence does, with which data, and who keeps watch."""

    used: Said[YesNo] = fact(
        "Use of artificial intelligence",
        ask="Does anything you will do in this tool use AI?",
        stated_by="requester",
        derives_from=("AI Act 50", "HECVAT AIQU"),
        changeable_by="buyer",
        change=Change("set", to=(False,), says="Use it without artificial intelligence"),
        effort=4,
    )
    # The empty list states that artificial intelligence is used, though for nothing listed here.
    functions: Said[Many[AiFunction]] = fact(
        "Tasks done by artificial intelligence",
        ask="Which tasks will the artificial intelligence take on, if any of those listed?",
        stated_by="requester",
        derives_from=("AI Act 5", "AI Act 50"),
        changeable_by="buyer",
        change=Change(
            "remove",
            says="Do without {value} by AI",
            value_says={
                "generate_text": "Let its AI write no texts",
                "generate_image": "Let its AI make no pictures",
                "generate_video": "Let its AI make no videos",
                "generate_audio": "Let its AI make no sound",
                "clone_voice": "Let its AI copy nobody's voice",
                "chatbot": "Do without its chatbot",
                "voice_assistant": "Do without its voice assistant",
                "scoring": "Let its AI score nobody",
                "personalisation": "Let its AI personalise nothing",
                "lookalike": "Let its AI look for no similar people",
                "acts_in_systems": "Let its AI take no steps in other systems",
                "spends_money": "Let its AI spend no money",
                "emotion_recognition_at_work": "Let its AI read nobody's feelings at work",
                "biometric_categorisation": "Let its AI sort nobody by face or body",
                "subliminal_manipulation": "Let its AI sway nobody in hidden ways",
                "exploits_vulnerability": "Let its AI take advantage of nobody's weakness",
                "social_scoring": "Let its AI rate nobody's way of life",
                "face_scraping": "Let its AI collect no faces",
            },
        ),
        effort=3,
    )
    imitates_people: Said[YesNo] = fact(
        "Imitation of a real person",
        ask="Will the result look or sound like someone who really exists?",
        stated_by="requester",
        derives_from=("AI Act 50(4)",),
        changeable_by="buyer",
        change=Change("set", to=(False,), says="Imitate no real person with it"),
        effort=3,
    )
    likeness_consent: Said[YesNo] = fact(
        "Written consent of the person imitated",
        ask="Do you have the imitated person's consent on paper?",
        stated_by="requester",
        derives_from=("right of publicity",),
        changeable_by="buyer",
        change=Change("set", to=(True,), says="Get written consent from the person imitated"),
        effort=2,
    )
    labelled: Said[YesNo] = fact(
        "Visible label on published content",
        ask="Will those who read or watch it see a label that says AI made it?",
        stated_by="requester",
        derives_from=("AI Act 50(4)",),
        changeable_by="buyer",
        change=Change("set", to=(True,), says="Label what it makes as made by AI"),
        effort=1,
    )
    # Opting out can be suggested only where the vendor offers it.
    trains_on_our_data: Said[Training] = fact(
        "Training of models on our data",
        ask="Do models learn from what we type or upload, and can we stop that?",
        stated_by="vendor",
        derives_from=("GDPR 28(3)(a)", "HECVAT AISC-02", "CAIQ DSP-12"),
        changeable_by="buyer",
        change=Change(
            "set", to=("opted_out",), since=("opt_out_possible",), says="Opt out of models learning from our data"
        ),
        effort=2,
        fresh_for_days=180,
    )
    output_marked: Said[YesNo] = fact(
        "Machine-readable mark in generated media",
        ask="Do pictures, videos and sound from the tool contain a mark that software can detect?",
        stated_by="vendor",
        derives_from=("AI Act 50(2)", "C2PA"),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor mark generated media in a machine-readable way"),
        effort=3,
        fresh_for_days=180,
    )
    disclosed: Said[YesNo] = fact(
        "Notice to people who talk to a machine",
        ask="Does the product let people know that a machine is answering them?",
        stated_by="vendor",
        derives_from=("AI Act 50(1)",),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have a colleague switch on the notice that a machine answers"),
        effort=1,
        fresh_for_days=180,
    )
    human_review: Said[YesNo] = fact(
        "Human check before publication",
        ask="Will somebody we can name read or watch the content before it goes out?",
        stated_by="requester",
        derives_from=("AI Act 50(4)",),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have a colleague check everything before it is published"),
        effort=2,
    )
    decides_about_people: Said[YesNo] = fact(
        "Automated decisions about people",
        ask="Does it make decisions that change what a person gets, pays or may do?",
        stated_by="requester",
        derives_from=("GDPR 22", "CCPA ADMT"),
        changeable_by="buyer",
        change=Change("set", to=(False,), says="Leave decisions about people to people"),
        effort=4,
    )
    approval_step: Said[YesNo] = fact(
        "Human approval before every action",
        ask="Can we set it so that it does nothing until someone approves?",
        stated_by="vendor",
        derives_from=("HECVAT AIPL-03", "AI Act 26(2)"),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have a colleague approve each action of its AI first"),
        effort=2,
        fresh_for_days=180,
    )
    spend_cap: Said[YesNo] = fact(
        "Upper limit on what it may spend",
        ask="Can we set a ceiling on the money it spends?",
        stated_by="vendor",
        derives_from=("ISO42001 A.9",),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have a colleague set a limit on what it spends"),
        effort=1,
        fresh_for_days=180,
    )
    off_switch: Said[YesNo] = fact(
        "Off switch for the artificial intelligence",
        ask="Does the rest of the product still work if we turn the artificial intelligence off?",
        stated_by="vendor",
        derives_from=("HECVAT AIPL-03",),
        fresh_for_days=180,
    )
    model_providers_listed: Said[YesNo] = fact(
        "Names of the model providers",
        ask="Do you name the model providers that get our data, with their countries and how long they store it?",
        stated_by="vendor",
        derives_from=("GDPR 28(2)", "HECVAT DPAI-06"),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor name the providers of its AI models"),
        effort=2,
        fresh_for_days=180,
    )
    indemnity: Said[YesNo] = fact(
        "Vendor's liability for generated output",
        ask="Will you cover our costs on this plan if someone takes us to court over generated output?",
        stated_by="vendor",
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor answer for what its AI produces"),
        effort=4,
        fresh_for_days=180,
    )
