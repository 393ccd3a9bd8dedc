//! Settings of a tenant, sealed under `settings`: its name and habits, the names of sources, the key of source tags, the
//! ledger's signing key.

use aws_lc_rs::hmac;
use serde::{Deserialize, Serialize};
use wuhen_keytree::context::{ItemKind, NodeId, TenantId};
use wuhen_keytree::seed::{LeafCache, SEGMENT_ITEMS};
use wuhen_keytree::{Key, item};
use wuhen_model::Rng;
use wuhen_model::booking::GuardDays;
use wuhen_model::rules::TenantKind;
use wuhen_store::{ControlItemRow, SOURCE_TAG_BYTES, SourceTag};
use zeroize::Zeroizing;

use crate::error::{Opening, ServiceError};
use crate::keys::{item_context, nonce};

/// Longest name of a source, bytes.
pub(crate) const SOURCE_NAME_BYTES_MAX: usize = 255;
/// Sources one tenant may have: each needs a look-up where an id is given without its source.
pub(crate) const SOURCES_MAX: usize = 3_500;
/// How often the house's own numbers may be changed: what was is kept, as every setting is.
pub(crate) const OWN_NUMBERS_CHANGES_MAX: usize = 500;

/// How often it may be changed how long bookings guard their records.
pub(crate) const GUARD_DAYS_CHANGES_MAX: usize = 50;

// All settings fit one segment: the first three, the sources, the changes.
const _: () = assert!(
    3 + SOURCES_MAX + OWN_NUMBERS_CHANGES_MAX + GUARD_DAYS_CHANGES_MAX <= SEGMENT_ITEMS as usize
);

/// The rule pack that a house begins with. Which one holds now is in the register ([`crate::rules`]).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pack {
    /// No rules: for trials, and for houses that decide each erasure themselves.
    #[default]
    None,
    /// Mainland China.
    Cn,
    /// The European Union.
    Eu,
    /// Both; the strictest of them each time.
    #[serde(rename = "cn+eu")]
    CnEu,
}

impl Pack {
    /// The name on the command line, and among the packs that come with the program.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Cn => "cn",
            Self::Eu => "eu",
            Self::CnEu => "cn+eu",
        }
    }
}

/// What a tenant has set.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantSettings {
    /// The hotel's, group's or agency's name.
    pub name: String,
    /// IANA time zone of its days.
    pub timezone: String,
    /// What kind of house.
    pub kind: TenantKind,
    /// The rule pack that it began with.
    pub pack: Pack,
}

/// A source of imports.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) number: u32,
    pub(crate) name: String,
}

pub(crate) struct Settings {
    pub(crate) node: NodeId,
    pub(crate) tenant: TenantSettings,
    pub(crate) sources: Vec<Source>,
    /// The house's own phone numbers: nobody's personal data.
    pub(crate) own_numbers: Vec<String>,
    /// How often they were changed; each change is an item.
    own_numbers_changes: usize,
    guard_days: GuardDays,
    guard_days_changes: usize,
    pub(crate) next_item: u32,
    source_tag_key: Key,
    seed: LeafCache,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "setting", rename_all = "kebab-case")]
enum Header {
    Tenant(TenantSettings),
    Source {
        number: u32,
        name: String,
    },
    SourceTagKey,
    LedgerKey,
    /// All of them; of several, the one of the highest item number holds.
    OwnNumbers {
        numbers: Vec<String>,
    },
    /// Days after check-out; the last one holds.
    GuardDays {
        guard_days_after_checkout: GuardDays,
    },
}

/// The keys that settings hold.
pub(crate) struct SettingKeys {
    pub(crate) source_tag_key: Key,
    pub(crate) ledger_seed: Zeroizing<[u8; 32]>,
}

/// The first settings of a tenant, sealed.
pub(crate) fn first(
    rng: &dyn Rng,
    tenant_id: TenantId,
    node: NodeId,
    seed: &mut LeafCache,
    tenant: &TenantSettings,
    keys: &SettingKeys,
) -> Vec<ControlItemRow> {
    let bodies: [(Header, &[u8]); 3] = [
        (Header::Tenant(tenant.clone()), &[]),
        (Header::SourceTagKey, keys.source_tag_key.expose()),
        (Header::LedgerKey, &keys.ledger_seed[..]),
    ];
    (0..)
        .zip(bodies)
        .map(|(number, (header, body))| seal(rng, tenant_id, node, seed, number, &header, body))
        .collect()
}

/// Opens a tenant's settings. Answers them and the seed of the ledger's signing key.
pub(crate) fn read(
    tenant_id: TenantId,
    node: NodeId,
    mut seed: LeafCache,
    rows: &[ControlItemRow],
) -> Result<(Settings, Zeroizing<[u8; 32]>), ServiceError> {
    let mut tenant = None;
    let mut sources = Vec::new();
    let mut own_numbers = Vec::new();
    let mut own_numbers_changes = 0;
    let mut guard_days = GuardDays::default();
    let mut guard_days_changes = 0;
    let mut source_tag_key = None;
    let mut ledger_seed = None;
    for row in rows {
        let leaf = seed
            .leaf(row.item)
            .ok_or_else(|| damaged("a setting's key is gone"))?;
        let context = item_context(tenant_id, node, row.item, ItemKind::Setting);
        let opened = item::open(&leaf, &context, &row.sealed).opening("a setting")?;
        match serde_json::from_slice(opened.header())
            .map_err(|_| damaged("a setting is of a kind not known"))?
        {
            Header::Tenant(found) => tenant = Some(found),
            Header::Source { number, name } => sources.push(Source { number, name }),
            Header::OwnNumbers { numbers } => {
                own_numbers = numbers;
                own_numbers_changes += 1;
            }
            Header::GuardDays {
                guard_days_after_checkout,
            } => {
                guard_days = guard_days_after_checkout;
                guard_days_changes += 1;
            }
            Header::SourceTagKey => source_tag_key = Key::from_slice(opened.body()),
            Header::LedgerKey => {
                ledger_seed = <[u8; 32]>::try_from(opened.body()).ok().map(Zeroizing::new);
            }
        }
    }
    let settings = Settings {
        node,
        tenant: tenant.ok_or_else(|| damaged("the tenant's settings are missing"))?,
        sources,
        own_numbers,
        own_numbers_changes,
        guard_days,
        guard_days_changes,
        next_item: rows.iter().map(|row| row.item + 1).max().unwrap_or(0),
        source_tag_key: source_tag_key
            .ok_or_else(|| damaged("the key of source tags is missing"))?,
        seed,
    };
    Ok((
        settings,
        ledger_seed.ok_or_else(|| damaged("the ledger's key is missing"))?,
    ))
}

impl Settings {
    /// The tag of a record's id in its source: HMAC-SHA256 under a key of the settings, cut to 128 bits.
    pub(crate) fn source_tag(&self, source: &str, kind: RecordKind, id: &str) -> SourceTag {
        tag_with(&self.tag_key(), source, kind, id)
    }

    /// The key of source tags, prepared for many.
    pub(crate) fn tag_key(&self) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, self.source_tag_key.expose())
    }

    /// A source by its name; a new one is sealed and handed back to be stored.
    pub(crate) fn source(
        &mut self,
        rng: &dyn Rng,
        tenant_id: TenantId,
        name: &str,
    ) -> Result<(Source, Option<ControlItemRow>), ServiceError> {
        if let Some(found) = self.sources.iter().find(|source| source.name == name) {
            return Ok((found.clone(), None));
        }
        if name.is_empty()
            || name.len() > SOURCE_NAME_BYTES_MAX
            || name.chars().any(|c| c.is_control() || c == '/')
        {
            return Err(ServiceError::Refused(format!(
                "a source's name has 1 to {SOURCE_NAME_BYTES_MAX} bytes, no slash and no control character; give one with --source"
            )));
        }
        if self.sources.len() >= SOURCES_MAX {
            return Err(ServiceError::Refused(format!(
                "there are {SOURCES_MAX} sources already; use one of them"
            )));
        }
        let number = u32::try_from(self.sources.len()).expect("few sources");
        let source = Source {
            number,
            name: name.to_owned(),
        };
        let header = Header::Source {
            number,
            name: name.to_owned(),
        };
        let row = seal(
            rng,
            tenant_id,
            self.node,
            &mut self.seed,
            self.next_item,
            &header,
            &[],
        );
        Ok((source, Some(row)))
    }

    /// Other own numbers, sealed to be stored.
    pub(crate) fn with_own_numbers(
        &mut self,
        rng: &dyn Rng,
        tenant_id: TenantId,
        numbers: &[String],
    ) -> Result<ControlItemRow, ServiceError> {
        if self.own_numbers_changes >= OWN_NUMBERS_CHANGES_MAX {
            return Err(ServiceError::Refused(format!(
                "the house's numbers were changed {OWN_NUMBERS_CHANGES_MAX} times, the most there is room for"
            )));
        }
        let header = Header::OwnNumbers {
            numbers: numbers.to_vec(),
        };
        let (node, number) = (self.node, self.next_item);
        Ok(seal(
            rng,
            tenant_id,
            node,
            &mut self.seed,
            number,
            &header,
            &[],
        ))
    }

    /// Remembers own numbers whose row is stored now.
    pub(crate) fn stored_own_numbers(&mut self, numbers: Vec<String>) {
        self.next_item += 1;
        self.own_numbers_changes += 1;
        self.own_numbers = numbers;
    }

    /// For how many days after check-out a booking guards its records.
    pub(crate) fn guard_days(&self) -> GuardDays {
        self.guard_days
    }

    /// Other days, sealed to be stored.
    pub(crate) fn with_guard_days(
        &mut self,
        rng: &dyn Rng,
        tenant_id: TenantId,
        days: GuardDays,
    ) -> Result<ControlItemRow, ServiceError> {
        if self.guard_days_changes >= GUARD_DAYS_CHANGES_MAX {
            return Err(ServiceError::Refused(format!(
                "how long bookings guard their records was changed {GUARD_DAYS_CHANGES_MAX} times, the most there is room for"
            )));
        }
        let header = Header::GuardDays {
            guard_days_after_checkout: days,
        };
        let (node, number) = (self.node, self.next_item);
        Ok(seal(
            rng,
            tenant_id,
            node,
            &mut self.seed,
            number,
            &header,
            &[],
        ))
    }

    /// Remembers days whose row is stored now.
    pub(crate) fn stored_guard_days(&mut self, days: GuardDays) {
        self.next_item += 1;
        self.guard_days_changes += 1;
        self.guard_days = days;
    }

    /// Whether a source of this name is known.
    pub(crate) fn has_source(&self, name: &str) -> bool {
        self.sources.iter().any(|source| source.name == name)
    }

    /// What an id may mean, as the name of a source and an id in it: that id in each source, and, where it begins with a
    /// source's name and a slash, the rest of it in that source. An id may itself contain a slash.
    pub(crate) fn readings<'a>(&'a self, id: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.sources.iter().flat_map(move |source| {
            let within = id
                .strip_prefix(&source.name)
                .and_then(|rest| rest.strip_prefix('/'));
            [Some(id), within]
                .into_iter()
                .flatten()
                .map(|id| (source.name.as_str(), id))
        })
    }

    /// The name of a source.
    pub(crate) fn source_name(&self, number: u32) -> &str {
        self.sources
            .iter()
            .find(|source| source.number == number)
            .map_or("?", |source| &source.name)
    }

    /// Remembers a source whose row is stored now.
    pub(crate) fn stored_source(&mut self, source: Source) {
        self.next_item += 1;
        self.sources.push(source);
    }
}

/// Kinds of records that a source names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RecordKind {
    /// A guest.
    Guest,
    /// A conversation.
    Conversation,
    /// A message.
    Message,
}

impl RecordKind {
    /// The word.
    #[must_use]
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Conversation => "conversation",
            Self::Message => "message",
        }
    }
}

/// Ids and names of sources are longer than an [`Encoding`] takes: the parts are fed to the HMAC one by one, each
/// prefixed by its big-endian u32 length, so that no two lists of parts give one tag.
pub(crate) fn tag_with(key: &hmac::Key, source: &str, kind: RecordKind, id: &str) -> SourceTag {
    let mut context = hmac::Context::with_key(key);
    for part in ["wuhen/source-id/1", source, kind.as_str(), id] {
        let length = u32::try_from(part.len()).expect("ids are short");
        context.update(&length.to_be_bytes());
        context.update(part.as_bytes());
    }
    let tag = context.sign();
    let mut cut = [0; SOURCE_TAG_BYTES];
    cut.copy_from_slice(&tag.as_ref()[..SOURCE_TAG_BYTES]);
    SourceTag(cut)
}

fn seal(
    rng: &dyn Rng,
    tenant: TenantId,
    node: NodeId,
    seed: &mut LeafCache,
    number: u32,
    header: &Header,
    body: &[u8],
) -> ControlItemRow {
    let header = serde_json::to_vec(header).expect("a setting is plain data");
    let leaf = seed
        .leaf(number)
        .expect("sources are limited so that all settings fit one segment");
    let context = item_context(tenant, node, number, ItemKind::Setting);
    let sealed = item::seal(&leaf, &context, nonce(rng), &header, body);
    ControlItemRow {
        owner: node,
        item: number,
        kind: ItemKind::Setting,
        sealed,
    }
}

fn damaged(what: &str) -> ServiceError {
    ServiceError::Store(wuhen_store::StoreError::Damaged(what.to_owned()))
}
