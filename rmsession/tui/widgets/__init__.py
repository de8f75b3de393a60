"""The parts that screens are made of; none knows another."""
