//! `wuhen init`.

use clap::{Args, ValueEnum};
use wuhen_service::{Pack, TenantKind};

#[derive(Args)]
pub(crate) struct Init {
    /// Name of the hotel, group or agency
    #[arg(long, value_name = "NAME")]
    pub(crate) tenant: String,
    /// Rule pack; it holds at once, for there is nothing yet that it could make due
    #[arg(long, value_enum, default_value = "none")]
    pub(crate) pack: PackName,
    /// Time zone of its days
    #[arg(long, value_name = "ZONE", default_value = "Asia/Shanghai")]
    pub(crate) timezone: String,
    /// What kind of house it is
    #[arg(long, value_enum, default_value = "hotel-own-site")]
    pub(crate) kind: KindName,
    /// What its first privacy officer is called
    #[arg(long, value_name = "NAME", default_value = wuhen_service::staff::FIRST_OFFICER)]
    pub(crate) officer: String,
}

/// A rule pack, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum PackName {
    /// Mainland China
    Cn,
    /// The European Union
    Eu,
    /// Both, the strictest each time
    #[value(name = "cn+eu")]
    CnEu,
    /// No rules: each erasure is decided by whoever asks for it
    None,
}

impl From<PackName> for Pack {
    fn from(name: PackName) -> Self {
        match name {
            PackName::Cn => Self::Cn,
            PackName::Eu => Self::Eu,
            PackName::CnEu => Self::CnEu,
            PackName::None => Self::None,
        }
    }
}

/// A kind of house, by name.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum KindName {
    /// A platform on which others sell
    Platform,
    /// A hotel's own site
    HotelOwnSite,
}

impl From<KindName> for TenantKind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Platform => Self::Platform,
            KindName::HotelOwnSite => Self::HotelOwnSite,
        }
    }
}
