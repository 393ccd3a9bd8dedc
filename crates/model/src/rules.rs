//! Retention rules as data: a pack says for each category how long a record must stay (floor), may stay at most (ceiling), from
//! which event on, and why. Packs are read and checked here; what becomes due is told by [`Pack::clocks`].

mod category;
mod check;
mod clocks;
mod length;
mod pack;

pub use self::category::{Category, Expiry, StartEvent, TenantKind, UnknownName};
pub use self::check::{BadPack, Problem};
pub use self::clocks::{Clocks, Events, Floor};
pub use self::pack::{Pack, PackFile, Rule, RuleFile, Said};

#[cfg(test)]
mod tests;
