//! The packages of the workspace and what they depend on, as cargo resolved it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use serde_json::Value;

/// Our own packages.
pub(crate) struct Packages(pub(crate) Vec<Package>);

/// One of our own packages.
pub(crate) struct Package {
    pub(crate) name: String,
    /// Its folder from the root, such as `crates/store`.
    pub(crate) folder: String,
    /// The names of the packages that its product needs directly: normal and build dependencies, not those of tests.
    pub(crate) needs: BTreeSet<String>,
    /// The names of all that its product needs, directly or not.
    pub(crate) closure: BTreeSet<String>,
}

impl Packages {
    /// Reads the answer of `cargo metadata`.
    pub(crate) fn from_metadata(metadata: &Value) -> Result<Self> {
        let root = text(&metadata["workspace_root"])?;
        let packages = items(&metadata["packages"])?;
        let mut names = BTreeMap::new();
        for package in packages {
            names.insert(text(&package["id"])?, text(&package["name"])?);
        }
        let mut needs = BTreeMap::new();
        for node in items(&metadata["resolve"]["nodes"])? {
            needs.insert(text(&node["id"])?, product_needs(node)?);
        }
        let mut ours = Vec::new();
        for package in packages.iter().filter(|one| one["source"].is_null()) {
            let id = text(&package["id"])?;
            let manifest = text(&package["manifest_path"])?;
            let folder = manifest
                .strip_prefix(root)
                .and_then(|path| path.strip_suffix("/Cargo.toml"))
                .context("a package of ours lies outside of the workspace")?;
            let name_all =
                |ids: &BTreeSet<&str>| ids.iter().map(|id| names[id].to_owned()).collect();
            ours.push(Package {
                name: names[id].to_owned(),
                folder: folder.trim_start_matches('/').to_owned(),
                needs: name_all(&needs[id]),
                closure: name_all(&closure(id, &needs)),
            });
        }
        Ok(Self(ours))
    }
}

fn product_needs(node: &Value) -> Result<BTreeSet<&str>> {
    let mut ids = BTreeSet::new();
    for dependency in items(&node["deps"])? {
        let kinds = items(&dependency["dep_kinds"])?;
        if kinds.iter().any(|kind| kind["kind"] != "dev") {
            ids.insert(text(&dependency["pkg"])?);
        }
    }
    Ok(ids)
}

fn closure<'a>(start: &str, needs: &BTreeMap<&str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<&'a str> = needs[start].iter().copied().collect();
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            waiting.extend(&needs[id]);
        }
    }
    seen
}

fn items(value: &Value) -> Result<&Vec<Value>> {
    value.as_array().context("cargo metadata lacks a list")
}

fn text(value: &Value) -> Result<&str> {
    value.as_str().context("cargo metadata lacks a name")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_only_tests_need_is_left_out_of_the_closure() {
        let node = |id: &str, deps: Value| json!({"id": id, "deps": deps});
        let edge = |id: &str, kind: Value| json!({"pkg": id, "dep_kinds": [{"kind": kind}]});
        let package = |name: &str, source: Value| json!({"id": name, "name": name, "source": source, "manifest_path": format!("/r/crates/{name}/Cargo.toml")});
        let metadata = json!({
            "workspace_root": "/r",
            "packages": [
                package("ours", Value::Null),
                package("near", json!("registry")),
                package("far", json!("registry")),
                package("testing", json!("registry")),
            ],
            "resolve": {"nodes": [
                node("ours", json!([edge("near", Value::Null), edge("testing", json!("dev"))])),
                node("near", json!([edge("far", json!("build"))])),
                node("far", json!([])),
                node("testing", json!([])),
            ]},
        });
        let Packages(packages) = Packages::from_metadata(&metadata).unwrap();
        assert_eq!(packages.len(), 1);
        assert_eq!(packages[0].folder, "crates/ours");
        assert_eq!(packages[0].needs, BTreeSet::from(["near".to_owned()]));
        let all = BTreeSet::from(["near".to_owned(), "far".to_owned()]);
        assert_eq!(packages[0].closure, all);
    }
}
