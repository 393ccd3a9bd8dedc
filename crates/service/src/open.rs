//! Making a tenant and opening it again: its root, its top, its settings, and the checks before anybody may read.

use std::sync::{Arc, Mutex};

use wuhen_custody::{Custodian, Kid};
use wuhen_keytree::Key;
use wuhen_keytree::context::{NodeId, NodeKind, TenantId};
use wuhen_keytree::rotation::NodeRow;
use wuhen_keytree::seed::LeafCache;
use wuhen_ledger::body::{AccessChange, AccessChangedBody, Role, Version};
use wuhen_ledger::{Body, Signer};
use wuhen_store::{NewTenant, Store, StoreError, TenantRow};
use zeroize::Zeroizing;

use crate::door::KeptDetector;
use crate::error::{Opening, ServiceError};
use crate::keys::{Keys, Versioned, new_node, new_seed, nonce, open_seed, random_key};
use crate::notice::Notice;
use crate::own::WithoutOwn;
use crate::search::kept::KeptSketches;
use crate::settings::{self, SettingKeys, TenantSettings};
use crate::{Service, Surroundings};

/// Slots of the subtrees under the top.
pub(crate) const SLOT_GUESTS: u32 = 0;
pub(crate) const SLOT_STAFF: u32 = 1;
pub(crate) const SLOT_CASES: u32 = 3;
const SLOT_SETTINGS: u32 = 4;
const SUBTREES: [(NodeKind, u32); 5] = [
    (NodeKind::Guests, SLOT_GUESTS),
    (NodeKind::Staff, SLOT_STAFF),
    (NodeKind::Rooms, 2),
    (NodeKind::Cases, SLOT_CASES),
    (NodeKind::Settings, SLOT_SETTINGS),
];
const TOP: NodeId = NodeId(1);

/// A tenant to be made.
pub struct Init {
    /// Its id: random, the same in the store, the key service and every snapshot.
    pub tenant_id: TenantId,
    /// Its settings.
    pub settings: TenantSettings,
    /// What its first privacy officer is called.
    pub officer: String,
}

/// Makes a tenant: its root, its tree, its settings, the first entry of its ledger.
///
/// # Errors
/// The key service or the store refuses. A root that was made for nothing is destroyed again.
pub fn init(
    store: Arc<dyn Store>,
    custodian: Arc<dyn Custodian>,
    surroundings: Surroundings,
    init: &Init,
) -> Result<Service, ServiceError> {
    let rng = &*surroundings.rng;
    let mut kid = [0; 16];
    rng.fill(&mut kid);
    let kid = Kid::from_random(kid);
    custodian.create(&kid, &mut |bytes| rng.fill(bytes))?;
    let made = first_rows(&*custodian, &surroundings, init, &kid)
        .and_then(|new| Ok(store.create_tenant(&new)?));
    if let Err(error) = made {
        custodian.destroy(&kid)?;
        return Err(error);
    }
    let service = open_checked(store, custodian, surroundings)?;
    let body = Body::AccessChanged(AccessChangedBody {
        version: Version::V1,
        tenant: service.tenant_text(),
        change: AccessChange::LedgerCreated,
        subject: service.signer.vkey().to_string(),
        by_role: Role::Operator,
        reason: "the tenant was made".to_owned(),
        at: service.body_time(),
    });
    service.record_here(&body)?;
    service.first_officer(&init.officer)?;
    service.first_rules(init.settings.pack)?;
    service.keep_checkpoint()?;
    Ok(service)
}

fn first_rows(
    custodian: &dyn Custodian,
    surroundings: &Surroundings,
    init: &Init,
    kid: &Kid,
) -> Result<NewTenant, ServiceError> {
    let rng = &*surroundings.rng;
    let tenant = init.tenant_id;
    let top = Versioned {
        key: random_key(rng),
        version: 0,
    };
    let top_wrap = custodian.wrap(kid, &top.key, nonce(rng).0)?;
    let mut nodes = Vec::new();
    let mut settings_key = None;
    for (id, (kind, slot)) in (TOP.0 + 1..).zip(SUBTREES) {
        let (row, key) = new_node(rng, tenant, (&top, TOP), slot, NodeId(id), kind);
        if kind == NodeKind::Settings {
            settings_key = Some((row.id, key));
        }
        nodes.push(row);
    }
    let (settings_node, settings_key) = settings_key.expect("settings are among the subtrees");
    let (seed, frontier) = new_seed(rng, tenant, (&settings_key, settings_node), 0);
    let mut ledger_seed = Zeroizing::new([0; 32]);
    rng.fill(&mut *ledger_seed);
    let keys = SettingKeys {
        source_tag_key: random_key(rng),
        ledger_seed,
    };
    let mut leaves = LeafCache::new(frontier);
    let settings = settings::first(
        rng,
        tenant,
        settings_node,
        &mut leaves,
        &init.settings,
        &keys,
    );
    Ok(NewTenant {
        id: tenant,
        root_kid: kid.to_string(),
        top: TOP,
        top_wrap,
        next_node: TOP.0 + 1 + nodes.len() as u64,
        nodes,
        seeds: vec![seed],
        settings,
    })
}

/// Opens a tenant: unwraps its top, reads its settings, holds its ledger against the checkpoint kept beside the root,
/// and takes up again what a crash interrupted.
///
/// # Errors
/// Rows and root do not belong together, the database is behind the ledger, or it cannot be read.
pub fn open(
    store: Arc<dyn Store>,
    custodian: Arc<dyn Custodian>,
    surroundings: Surroundings,
) -> Result<(Service, Vec<Notice>), ServiceError> {
    let service = open_checked(store, custodian, surroundings)?;
    service.check_not_behind()?;
    let mut notices = service.recover()?;
    match service.officer_of_old() {
        Ok(made) => notices.extend(made.map(|name| Notice::FirstOfficer { name })),
        Err(stopped @ ServiceError::Stopped(_)) => return Err(stopped),
        Err(error) => notices.push(Notice::NoOfficer(error)),
    }
    Ok((service, notices))
}

fn open_checked(
    store: Arc<dyn Store>,
    custodian: Arc<dyn Custodian>,
    surroundings: Surroundings,
) -> Result<Service, ServiceError> {
    let tenants = store.tenants()?;
    let [row] = &tenants[..] else {
        return Err(ServiceError::Quarantined(format!(
            "the store has {} tenants where one is expected",
            tenants.len()
        )));
    };
    let mut keys = open_keys(&*custodian, row)?;
    let children = store.children(row.number, row.top)?;
    let node = subtree(&children, SLOT_SETTINGS)?;
    let key = keys
        .follow(std::slice::from_ref(node))
        .opening("the settings")?;
    let seeds = store.seeds(row.number, node.id)?;
    let seed = seeds
        .first()
        .ok_or_else(|| damaged("the settings have no seed"))?;
    let leaves = LeafCache::new(open_seed(row.id, &key, seed).opening("the settings")?);
    let rows = store.control_items(row.number, node.id)?;
    let (settings, ledger_seed) = settings::read(row.id, node.id, leaves, &rows)?;
    let signer = Signer::from_seed(&origin(row.id), &ledger_seed)
        .map_err(|error| ServiceError::Ledger(error.to_string()))?;
    Ok(Service {
        tenant: row.number,
        tenant_id: row.id,
        keys: Mutex::new(keys),
        sketches: KeptSketches::default(),
        settings: Mutex::new(settings),
        detector: KeptDetector::default(),
        without_own: WithoutOwn::default(),
        signer,
        store,
        custodian,
        surroundings,
    })
}

/// The keys of a tenant as its row has them, opened by the key service.
pub(crate) fn open_keys(custodian: &dyn Custodian, row: &TenantRow) -> Result<Keys, ServiceError> {
    let top: Key = custodian.unwrap(&parse_kid(&row.root_kid)?, &row.top_wrap)?;
    let top = (row.top, top, row.top_key_version);
    Ok(Keys::new(row.id, row.epoch, top))
}

pub(crate) fn parse_kid(text: &str) -> Result<Kid, ServiceError> {
    text.parse().map_err(|_| damaged("a root's id is not one"))
}

pub(crate) fn subtree(children: &[NodeRow], slot: u32) -> Result<&NodeRow, ServiceError> {
    children
        .iter()
        .find(|row| row.slot == slot)
        .ok_or_else(|| damaged("a subtree is missing"))
}

pub(crate) fn damaged(what: &str) -> ServiceError {
    ServiceError::Store(StoreError::Damaged(what.to_owned()))
}

/// Name of a tenant's log, in its checkpoints and in its verifier key.
pub(crate) fn origin(tenant: TenantId) -> String {
    format!("wuhen/ledger/{}", uuid_text(tenant))
}

/// A tenant's id as a UUID is written (RFC 9562).
pub(crate) fn uuid_text(tenant: TenantId) -> String {
    let hex = wuhen_store::hex(&tenant.0);
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}
