//! Who acts on the command line where nobody says who: the privacy officer of the house.

use wuhen_service::Service;
use wuhen_service::staff::Actor;

use crate::problem::Problem;

/// The one place that says who acts.
pub(super) fn actor(service: &Service) -> Result<Actor, Problem> {
    Ok(service.act_as_officer(None, None)?)
}
