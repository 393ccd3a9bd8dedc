//! The door of a store: it opens for a member of staff who showed who they are, for what their role may do. No command has another one.

use std::path::PathBuf;

use wuhen_detect::Viewer;
use wuhen_model::people::Permission;
use wuhen_service::Service;
use wuhen_service::staff::{Actor, Asked};
use zeroize::Zeroizing;

use super::{Opened, open};
use crate::app::App;
use crate::args::Eyes;
use crate::problem::Problem;
use crate::secret;

/// A store that is open, and who acts in it.
pub(crate) struct Entered {
    /// The use cases.
    pub(crate) service: Service,
    /// Folders of its keys.
    pub(crate) keys: Vec<PathBuf>,
    /// Who acts.
    pub(crate) actor: Actor,
    /// Whether they said who they are.
    named: bool,
}

impl Entered {
    /// Whose eyes an answer is for: those of who acts, or of a role that sees no more. Where nobody was named, an agent's: the least.
    pub(crate) fn viewer(&self, eyes: &Eyes) -> Result<Viewer, Problem> {
        let unnamed = (!self.named).then_some(Viewer::Agent);
        Ok(self.actor.viewer(eyes.role().or(unnamed))?)
    }
}

/// Opens the store for who may do any of these; for every member of staff, where there are none.
pub(crate) fn enter(app: &App, any_of: &[Permission]) -> Result<Entered, Problem> {
    let Opened { service, keys } = open(app)?;
    let actor = admit(app, &service, any_of)?;
    Ok(Entered {
        service,
        keys,
        actor,
        named: app.who.name().is_some(),
    })
}

/// Who acts in a store that is open.
pub(crate) fn admit(app: &App, service: &Service, any_of: &[Permission]) -> Result<Actor, Problem> {
    let name = app.who.name();
    let asked = service.asked_of(name)?;
    let password = password(app, asked)?;
    let code = match &app.who.code {
        Some(code) => Some(code.clone()),
        None if asked.code && password.is_some() && secret::somebody_is_there() => {
            Some(secret::ask_code(app.lang)?)
        }
        None => None,
    };
    let password = password.as_ref().map(|password| password.as_str());
    let actor = match name {
        Some(name) => service.act_as(name, password, code.as_deref())?,
        None => service.act_as_officer(password, code.as_deref())?,
    };
    let mut refused = None;
    for permission in any_of {
        match actor.check(*permission) {
            Ok(_) => return Ok(actor),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    refused.map_or(Ok(actor), |error| Err(error.into()))
}

fn password(app: &App, asked: Asked) -> Result<Option<Zeroizing<String>>, Problem> {
    // Nobody is asked for what is not needed, and no file is read for it.
    if !asked.password {
        return Ok(None);
    }
    match app.who.password_file() {
        Some(file) => secret::of_file(file).map(Some),
        None if secret::somebody_is_there() => {
            secret::ask(app.lang, ("Password: ", "密码：")).map(Some)
        }
        None => Ok(None),
    }
}
