//! Backends put together: the SQLite store of a folder, the keys of their folders, the service over both.

mod entry;
mod undo;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use wuhen_custody::Custodian as _;
use wuhen_custody::file::{FileCustodian, Repaired};
use wuhen_keytree::context::TenantId;
use wuhen_model::NoSteps;
use wuhen_model::people::Permission;
use wuhen_service::{Init, Service, TenantSettings};
use wuhen_store::sqlite::{Options, Restored, SqliteStore, restore};
use wuhen_store::{Store as _, StoreError, TenantRow};

use crate::app::App;
use crate::exit::Exit;
use crate::problem::Problem;
use crate::words::{self, say};
use crate::{config, place};
pub(crate) use entry::{Entered, admit, enter};
use undo::Undo;

/// A store that is open.
pub(crate) struct Opened {
    /// The use cases.
    pub(crate) service: Service,
    /// Folders of its keys.
    pub(crate) keys: Vec<PathBuf>,
}

/// A store whose keys nobody needs: for what only looks at files.
pub(crate) struct Closed {
    store: SqliteStore,
    /// Folders of its keys.
    pub(crate) keys: Vec<PathBuf>,
}

/// A store filled from a snapshot. Dropped without [`FromSnapshot::keep`], it is removed again.
pub(crate) struct FromSnapshot {
    // The first field is dropped first: a store is closed before it is removed.
    pub(crate) opened: Opened,
    /// What came back.
    pub(crate) restored: Restored,
    undo: Undo,
}

impl FromSnapshot {
    /// It passed its checks.
    pub(crate) fn keep(self) {
        self.undo.forget();
    }
}

/// Opens the store and takes up what a crash interrupted, which it says.
fn open(app: &App) -> Result<Opened, Problem> {
    let Closed { store, keys } = open_without_keys(app)?;
    let tenant = only_tenant(&store, &app.store)?;
    let custodian =
        FileCustodian::open(&keys, &forbidden(&store, &tenant, &app.store)?, tenant.id)?;
    open_service(app, store, custodian, keys)
}

/// Opens the store's files only.
pub(crate) fn open_without_keys(app: &App) -> Result<Closed, Problem> {
    let store = SqliteStore::open(&app.store, Options::default())?;
    let registered = config::read_keys(&app.store)?;
    if registered.is_none() {
        let file = app.store.join(config::FILE);
        app.note(&say!(
            app.lang,
            "{} is missing: keys folders that it named may be forgotten; run `wuhen doctor --repair` with --keys for each",
            "缺少 {}：其中登记的密钥文件夹可能被遗忘；请用 --keys 逐一指定，运行 wuhen doctor --repair",
            file.display()
        ));
    }
    let keys = match registered {
        Some(registered) => agreed_keys(registered, &app.keys_given)?,
        None => keys_for_new_store(app),
    };
    Ok(Closed { store, keys })
}

impl Closed {
    /// Snapshot repositories that are registered.
    pub(crate) fn repositories(&self, folder: &Path) -> Result<Vec<PathBuf>, Problem> {
        repositories(&self.store, &only_tenant(&self.store, folder)?)
    }
}

/// Makes a store, its keys and its tenant. If it fails, nothing that it made stays.
pub(crate) fn create(
    app: &App,
    settings: TenantSettings,
    officer: &str,
) -> Result<Opened, Problem> {
    let keys = keys_for_new_store(app);
    let mut undo = Undo::begin(std::iter::once(&app.store).chain(&keys));
    let store = match SqliteStore::create(&app.store, Options::default()) {
        Ok(store) => {
            undo.owns(&app.store);
            store
        }
        Err(refused @ StoreError::NotEmpty { .. }) => unfinished(&app.store).ok_or(refused)?,
        Err(error) => return Err(error.into()),
    };
    config::write_keys(&app.store, &keys)?;
    let init = Init {
        tenant_id: tenant_id(app.random()),
        settings,
        officer: officer.to_owned(),
    };
    undo.owns_tenant(&keys, init.tenant_id);
    let custodian =
        FileCustodian::initialise(&keys, std::slice::from_ref(&app.store), init.tenant_id)?;
    let custodian = Arc::new(custodian);
    let made = wuhen_service::init(
        Arc::new(store),
        custodian.clone(),
        app.surroundings(),
        &init,
    );
    let service = made.inspect_err(|_| {
        // A root of a tenant that is not to be; what cannot be destroyed now opens nothing.
        for kid in custodian.list().unwrap_or_default() {
            custodian.destroy(&kid).ok();
        }
    })?;
    undo.forget();
    Ok(Opened { service, keys })
}

/// Fills a new store from a snapshot repository. If it fails, nothing that it made stays.
pub(crate) fn create_from_snapshot(
    app: &App,
    repository: &Path,
    snapshot: Option<&str>,
) -> Result<FromSnapshot, Problem> {
    let keys = keys_for_new_store(app);
    let repository = place::resolve(repository)?;
    if place::overlap(&repository, &app.store) {
        return Err(apart(&repository, &app.store));
    }
    let mut undo = Undo::begin(std::iter::once(&app.store));
    let now = app.now().as_second();
    if !repository.is_dir() {
        let error = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(Problem::file(&repository, &error));
    }
    if app
        .store
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_some())
    {
        return Err(StoreError::NotEmpty {
            folder: app.store.display().to_string(),
        }
        .into());
    }
    undo.owns(&app.store);
    let restored = restore(
        &app.store,
        &repository,
        snapshot,
        Options::default(),
        now,
        &NoSteps,
    )?;
    let store = SqliteStore::open(&app.store, Options::default())?;
    config::write_keys(&app.store, &keys)?;
    let tenant = only_tenant(&store, &app.store)?;
    let custodian =
        FileCustodian::open(&keys, &forbidden(&store, &tenant, &app.store)?, tenant.id)?;
    let opened = open_service(app, store, custodian, keys)?;
    Ok(FromSnapshot {
        opened,
        restored,
        undo,
    })
}

/// Makes every registered or given keys folder hold the root in use, and registers those that are new.
pub(crate) fn repair(app: &App) -> Result<(Service, Vec<Repaired>), Problem> {
    let store = Arc::new(SqliteStore::open(&app.store, Options::default())?);
    let mut keys = config::read_keys(&app.store)?.unwrap_or_default();
    let new = app
        .keys_given
        .iter()
        .filter(|folder| !keys.contains(folder))
        .cloned()
        .collect::<Vec<_>>();
    keys.extend(new);
    if keys.is_empty() {
        keys = keys_for_new_store(app);
    }
    let tenant = only_tenant(&store, &app.store)?;
    let forbidden = forbidden(&store, &tenant, &app.store)?;
    // At least one replica is there and answers, or a folder of nothing would pass for a repaired one.
    let custodian = FileCustodian::open(&keys, &forbidden, tenant.id)?;
    let (service, said) = start(app, Arc::clone(&store), custodian)?;
    tell(app, &said);
    admit(app, &service, &[Permission::Maintain])?;
    drop(service);
    let custodian = FileCustodian::initialise(&keys, &forbidden, tenant.id)?;
    let root = tenant
        .root_kid
        .parse()
        .map_err(|_| StoreError::Damaged("a root's id is not one".to_owned()))?;
    let repaired = custodian.repair(&[root])?;
    config::write_keys(&app.store, &keys)?;
    let (service, notices) = start(app, store, custodian)?;
    // What the first start said already was not settled by the repair, or is no news.
    tell(app, notices.iter().filter(|notice| !said.contains(notice)));
    Ok((service, repaired))
}

/// Refuses a snapshot folder that lies in the store, in its keys or in another repository, or the other way round.
pub(crate) fn check_apart(
    app: &App,
    service: &Service,
    keys: &[PathBuf],
    folder: &Path,
) -> Result<(), Problem> {
    let repositories = service.repository_folders()?;
    for other in std::iter::once(&app.store).chain(keys).chain(&repositories) {
        let other = place::resolve(other)?;
        if place::overlap(folder, &other) {
            return Err(apart(folder, &other));
        }
    }
    Ok(())
}

fn open_service(
    app: &App,
    store: SqliteStore,
    custodian: FileCustodian,
    keys: Vec<PathBuf>,
) -> Result<Opened, Problem> {
    let (service, notices) = start(app, Arc::new(store), custodian)?;
    tell(app, &notices);
    Ok(Opened { service, keys })
}

/// Takes up what a crash interrupted; what there is to say of it.
fn start(
    app: &App,
    store: Arc<SqliteStore>,
    custodian: FileCustodian,
) -> Result<(Service, Vec<String>), Problem> {
    let (service, notices) = wuhen_service::open(store, Arc::new(custodian), app.surroundings())?;
    let said = notices.iter().map(|notice| words::notice(app.lang, notice));
    Ok((service, said.collect()))
}

fn tell<'a>(app: &App, notices: impl IntoIterator<Item = &'a String>) {
    for notice in notices {
        app.note(notice);
    }
}

/// The keys folders to use: all that are registered and no other.
fn agreed_keys(registered: Vec<PathBuf>, given: &[PathBuf]) -> Result<Vec<PathBuf>, Problem> {
    if given.is_empty() {
        return Ok(registered);
    }
    if let Some(missing) = registered.iter().find(|folder| !given.contains(folder)) {
        let (folder, file) = (missing.display(), config::FILE);
        return Err(Problem::own(
            Exit::Usage,
            format!(
                "the keys folder {folder} is registered and was not given: an erased root would survive there; \
                 give it with --keys too, or, if it is gone for good, take it out of {file} in the store's folder"
            ),
            format!(
                "密钥文件夹 {folder} 已登记但未指定：已删除的根密钥会留在那里；请同时用 --keys 指定，若它已永久消失，请从存储文件夹的 {file} 中移除"
            ),
        ));
    }
    if let Some(strange) = given.iter().find(|folder| !registered.contains(folder)) {
        let folder = strange.display();
        return Err(Problem::own(
            Exit::Usage,
            format!(
                "the keys folder {folder} is not registered; add it with `wuhen doctor --repair --keys {folder}`"
            ),
            format!(
                "密钥文件夹 {folder} 未登记；请运行 wuhen doctor --repair --keys {folder} 添加"
            ),
        ));
    }
    Ok(registered)
}

fn keys_for_new_store(app: &App) -> Vec<PathBuf> {
    if app.keys_given.is_empty() {
        return vec![place::beside(&app.store, ".keys")];
    }
    app.keys_given.clone()
}

/// A store that an interrupted `init` left behind: it has no tenant yet.
fn unfinished(folder: &Path) -> Option<SqliteStore> {
    let store = SqliteStore::open(folder, Options::default()).ok()?;
    store
        .tenants()
        .is_ok_and(|tenants| tenants.is_empty())
        .then_some(store)
}

fn only_tenant(store: &SqliteStore, folder: &Path) -> Result<TenantRow, Problem> {
    let mut tenants = store.tenants()?;
    match (tenants.pop(), tenants.is_empty()) {
        (Some(tenant), true) => Ok(tenant),
        (None, _) => {
            let folder = folder.display();
            Err(Problem::own(
                Exit::Failed,
                format!("{folder} was never finished: run `wuhen init` again"),
                format!("{folder} 尚未完成初始化：请重新运行 wuhen init"),
            ))
        }
        _ => Err(StoreError::Damaged("it has several tenants".to_owned()).into()),
    }
}

fn forbidden(
    store: &SqliteStore,
    tenant: &TenantRow,
    folder: &Path,
) -> Result<Vec<PathBuf>, Problem> {
    let mut forbidden = repositories(store, tenant)?;
    forbidden.push(folder.to_owned());
    Ok(forbidden)
}

fn repositories(store: &SqliteStore, tenant: &TenantRow) -> Result<Vec<PathBuf>, Problem> {
    Ok(store
        .repositories(tenant.number)?
        .into_iter()
        .map(|row| PathBuf::from(row.folder))
        .collect())
}

fn apart(folder: &Path, other: &Path) -> Problem {
    let (folder, other) = (folder.display(), other.display());
    Problem::own(
        Exit::Usage,
        format!("{folder} and {other} must lie apart: choose another folder, best on another disk"),
        format!("{folder} 与 {other} 必须分开存放：请另选文件夹，最好在另一块磁盘上"),
    )
}

/// A random id with the version and variant of a random UUID (RFC 9562, 5.4).
fn tenant_id(mut random: [u8; 16]) -> TenantId {
    random[6] = random[6] & 0x0f | 0x40;
    random[8] = random[8] & 0x3f | 0x80;
    TenantId(random)
}
