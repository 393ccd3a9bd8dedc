//! Whole lives as a person would live them, and the attacker.
