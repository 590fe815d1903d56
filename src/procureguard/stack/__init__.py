"""What is known besides the purchase: vendors and their plans, tools owned, the organisation."""
