//! The import rules of ARCHITECTURE.md, read off each crate's Cargo.toml.

use crate::run;
use anyhow::{Context, Result, bail};
use serde_json::Value;

/// What one crate may import.
struct Rule {
    name: &'static str,
    /// Crates of ours that it may import.
    ours: &'static [&'static str],
    /// Crates of ours that it may import only behind a feature: optional in Cargo.toml.
    behind_feature: &'static [&'static str],
    /// Crates of others that it never imports.
    never: &'static [&'static str],
}

const RULES: [Rule; 10] = [
    Rule {
        name: "domain",
        ours: &[],
        behind_feature: &[],
        never: &[
            "tokio",
            "futures",
            "rand",
            "getrandom",
            "sqlx",
            "axum",
            "leptos",
            "reqwest",
            "phonenumber",
        ],
    },
    Rule {
        name: "app",
        ours: &["domain"],
        behind_feature: &["service"],
        never: &["sqlx", "reqwest"],
    },
    Rule {
        name: "frontend",
        ours: &["app"],
        behind_feature: &[],
        never: &["sqlx", "reqwest", "axum", "tokio"],
    },
    Rule {
        name: "store",
        ours: &["domain"],
        behind_feature: &[],
        never: &["axum", "leptos", "reqwest"],
    },
    Rule {
        name: "service",
        ours: &["domain", "store"],
        behind_feature: &[],
        never: &["axum", "leptos", "reqwest", "sqlx"],
    },
    Rule {
        name: "twilio",
        ours: &[],
        behind_feature: &[],
        never: &["sqlx", "leptos"],
    },
    Rule {
        name: "twilio-sim",
        ours: &["domain", "twilio"],
        behind_feature: &[],
        never: &["sqlx", "leptos"],
    },
    Rule {
        name: "server",
        ours: &["app", "domain", "service", "store", "twilio", "twilio-sim"],
        behind_feature: &[],
        never: &[],
    },
    Rule {
        name: "fuzz",
        ours: &["domain", "service", "twilio"],
        behind_feature: &[],
        never: &[],
    },
    Rule {
        name: "xtask",
        ours: &[],
        behind_feature: &[],
        never: &[],
    },
];

/// Fails with a line for every import that a rule forbids. Tests may import what they like.
pub fn check() -> Result<()> {
    let metadata = run::output(&mut run::cargo(&[
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
    ]))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata lists no packages")?;
    let wrong = broken_rules(packages);
    if !wrong.is_empty() {
        bail!(
            "{}\nThe table of import rules stands in ARCHITECTURE.md.",
            wrong.join("\n")
        );
    }
    Ok(())
}

fn broken_rules(packages: &[Value]) -> Vec<String> {
    let ours: Vec<&str> = packages
        .iter()
        .filter_map(|package| package["name"].as_str())
        .collect();
    let mut wrong = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let Some(rule) = RULES.iter().find(|rule| rule.name == name) else {
            wrong.push(format!(
                "Crate {name} has no import rule: add one to xtask/src/check/imports.rs."
            ));
            continue;
        };
        let imports = package["dependencies"].as_array().into_iter().flatten();
        let shipped = imports.filter(|import| import["kind"].as_str() != Some("dev"));
        wrong.extend(shipped.filter_map(|import| rule.objection(import, &ours)));
    }
    wrong
}

impl Rule {
    /// Why this import must not be, in words.
    fn objection(&self, import: &Value, ours: &[&str]) -> Option<String> {
        let (crate_name, name) = (self.name, import["name"].as_str()?);
        let optional = import["optional"].as_bool() == Some(true);
        if self.never.contains(&name) {
            return Some(format!("Crate {crate_name} must never import {name}."));
        }
        if self.behind_feature.contains(&name) {
            return (!optional).then(|| {
                format!(
                    "Crate {crate_name} may import {name} only behind a feature: make it optional."
                )
            });
        }
        let allowed = !ours.contains(&name) || self.ours.contains(&name);
        (!allowed).then(|| format!("Crate {crate_name} must not import {name}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn objections(name: &str, import: Value) -> Vec<String> {
        let package = json!({"name": name, "dependencies": [import]});
        let others = ["service", "store", "twilio"]
            .iter()
            .filter(|other| **other != name)
            .map(|other| json!({"name": other, "dependencies": []}));
        broken_rules(&std::iter::once(package).chain(others).collect::<Vec<_>>())
    }

    #[test]
    fn the_operations_never_talk_to_twilio_or_the_database_themselves() {
        for name in ["twilio", "sqlx", "reqwest"] {
            let import = json!({"name": name, "kind": null, "optional": false});
            assert_eq!(objections("service", import).len(), 1, "{name}");
        }
    }

    #[test]
    fn pages_reach_the_operations_only_behind_the_server_feature() {
        let import = |optional| json!({"name": "service", "kind": null, "optional": optional});
        assert!(objections("app", import(true)).is_empty());
        assert_eq!(objections("app", import(false)).len(), 1);
    }

    #[test]
    fn tests_may_import_what_they_like() {
        let import = json!({"name": "sqlx", "kind": "dev", "optional": false});
        assert!(objections("service", import).is_empty());
    }

    #[test]
    fn a_crate_without_a_rule_is_told() {
        let import = json!({"name": "serde", "kind": null, "optional": false});
        assert!(objections("novelty", import)[0].contains("has no import rule"));
    }
}
