//! Seeded simulation against an oracle, and the fault table.
