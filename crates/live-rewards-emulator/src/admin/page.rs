//! The page for people: state, clock, faults and the journal.

use serde_json::Value;

use crate::Scenario;
use crate::admin::clock;
use crate::admin::entries::entries;
use crate::admin::html::{Html, fill};
use crate::aside::Waiting;
use crate::coverage::{self, Endpoint, SAMPLE, WRITE};
use crate::faults::Rule;
use crate::parts::Parts;
use crate::settings::Settings;
use crate::vendor::Vendor;
use crate::vendor::polyv::Polyv;
use crate::vendor::xiaoe::Xiaoe;
use crate::vendor::yxt::Yxt;

const TEMPLATE: &str = include_str!("page.html");

/// Requests shown, newest first.
const ENTRIES: usize = 100;
/// Elements shown of a list of rooms.
const ELEMENTS: usize = 3;

pub(super) fn render(parts: &Parts) -> String {
    let shared = &parts.shared;
    let newest = shared.journal.last(ENTRIES, |_| true);
    let requests = shared.journal.count();
    fill(
        TEMPLATE,
        &[
            ("data", data(parts)),
            ("clock", clock_line(parts)),
            ("vendors", vendors(parts)),
            ("settings", settings(&shared.settings.current())),
            ("faults", faults(&shared.faults.list())),
            ("calls", calls(&coverage::endpoints())),
            ("requests", Html::default().text(requests)),
            ("journal", entries(&newest)),
        ],
    )
}

fn data(parts: &Parts) -> Html {
    let ready = &parts.ready;
    Html::default()
        .raw("scenario <b>")
        .text(ready.scenario)
        .raw("</b>, seed <b>")
        .text(ready.seed)
        .raw("</b>, data from <b>")
        .text(&ready.start)
        .raw("</b>")
}

fn clock_line(parts: &Parts) -> Html {
    let state = clock::state(parts);
    let skewed = state.skew_ms.into_iter().filter(|(_, ms)| *ms != 0);
    Html::default()
        .raw("<b class=now>")
        .text(state.now)
        .raw("</b> <span>× ")
        .text(thousandths(state.rate_milli))
        .raw("</span>")
        .each(skewed, |html, (vendor, ms)| {
            html.raw(" <span class=warn>").text(vendor).raw(" ").text(ms).raw(" ms</span>")
        })
}

fn thousandths(number: u32) -> String {
    let (whole, rest) = (number / 1000, number % 1000);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}") }
}

/// Each vendor's part of the ready line.
fn vendors(parts: &Parts) -> Html {
    let ready = serde_json::to_value(&parts.ready).unwrap_or_default();
    Html::default().each(["xiaoe", "polyv", "yxt"], |html, vendor| {
        let members = ready.get(vendor).and_then(Value::as_object).into_iter().flatten();
        html.raw("<section><h3>")
            .text(vendor)
            .raw("</h3><dl>")
            .each(members, |html, (name, value)| {
                html.raw("<dt>").text(name).raw("<dd><code>").text(shown(value)).raw("</code>")
            })
            .some(serves(parts, vendor), |html, state| html.raw("<dt>serves now<dd>").text(state))
            .raw("</dl></section>")
    })
}

/// What a vendor serves now. It is counted for every look at the page, so claims only where there
/// are few.
fn serves(parts: &Parts, vendor: &str) -> Option<String> {
    let counts: Vec<(u64, &str)> =
        if matches!(parts.ready.scenario, Scenario::Campaign | Scenario::Live) {
            let counts = counts(parts, vendor)?.into_iter();
            counts.map(|(number, of)| (number.unsigned_abs(), of)).collect()
        } else {
            let truth = parts.truth_of(vendor, &Waiting::default())?;
            let total = truth.total;
            vec![
                (total.red_packets, "red packets"),
                (total.claims, "claims"),
                (total.gifts, "gifts"),
                (truth.points_accounts, "points accounts"),
                (truth.defects.len().try_into().unwrap_or(u64::MAX), "planted defects"),
            ]
        };
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    Some(counts.map(|(number, of)| format!("{number} {of}")).collect::<Vec<_>>().join(", "))
}

/// What a vendor can count without going through its rows.
fn counts(parts: &Parts, vendor: &str) -> Option<Vec<(i64, &'static str)>> {
    let second = |ms: i64| ms.div_euclid(1000);
    let Parts { xiaoe, polyv, yxt, .. } = parts;
    Some(match vendor {
        Xiaoe::NAME => xiaoe.vendor.counts(second(xiaoe.now_ms())).to_vec(),
        Polyv::NAME => polyv.vendor.counts(second(polyv.now_ms())).to_vec(),
        Yxt::NAME => yxt.vendor.counts(second(yxt.now_ms())).to_vec(),
        _ => return None,
    })
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.len() > ELEMENTS => {
            let first: Vec<String> = items.iter().take(ELEMENTS).map(shown).collect();
            format!("{} … ({} in all)", first.join(" "), items.len())
        }
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn settings(settings: &Settings) -> Html {
    let limits = if settings.limits { "on" } else { "off" };
    Html::default()
        .raw("<p>rate limits <b>")
        .text(limits)
        .raw("</b>")
        .some(settings.xiaoe_ip_list.as_ref(), |html, list| {
            html.raw("<p class=warn>Xiaoe gives tokens only to ")
                .each(list, |html, address| html.raw("<code>").text(address).raw("</code> "))
        })
        .each(&settings.xiaoe_denied, |html, id| {
            html.raw("<p class=warn>Xiaoe denies <code>").text(id).raw("</code>")
        })
        .some(settings.yxt_error, |html, key| {
            html.raw("<p class=warn>YXT answers <code>").text(key).raw("</code>")
        })
        .some(settings.yxt_paging.then_some("paging"), |html, name| {
            html.raw("<p>YXT tells <code>").text(name).raw("</code> of gifts")
        })
}

fn faults(rules: &[Rule]) -> Html {
    if rules.is_empty() {
        return Html::default().raw("<p>no faults");
    }
    Html::default().each(rules, |html, rule| {
        let fault = serde_json::to_string(&rule.fault).unwrap_or_default();
        html.raw("<p>#")
            .text(rule.id)
            .raw(" <code>")
            .text(fault)
            .raw("</code> met ")
            .text(rule.met)
            .raw(" of ")
            .text(rule.counted)
    })
}

/// The calls that are served, and which of them answer an example whatever is asked.
fn calls(endpoints: &[Endpoint]) -> Html {
    let is_sample = |endpoint: &&Endpoint| endpoint.behaviour == SAMPLE;
    Html::default()
        .raw("<details><summary>")
        .text(endpoints.len())
        .raw(" calls, ")
        .text(endpoints.iter().filter(is_sample).count())
        .raw(" of them answered by their example</summary>")
        .each(endpoints, |html, endpoint| {
            html.raw("<p><b>")
                .text(endpoint.vendor)
                .raw("</b> <code>")
                .text(endpoint.method)
                .raw(" ")
                .text(endpoint.path)
                .raw("</code>")
                .some((endpoint.effect == WRITE).then_some(WRITE), |html, effect| {
                    html.raw(" <span class=warn>").text(effect).raw("</span>")
                })
                .some((endpoint.behaviour == SAMPLE).then_some(SAMPLE), |html, behaviour| {
                    html.raw(" <span>").text(behaviour).raw("</span>")
                })
        })
        .raw("</details>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{JournalEntry, RefusalReason};

    #[test]
    fn what_came_over_the_wire_is_escaped() {
        let hostile = JournalEntry {
            path: "/<script>alert(1)</script>".to_owned(),
            query: vec![("\"><img src=x>".to_owned(), "{{journal}}".to_owned())],
            refusal: Some(RefusalReason::of("<b>")),
            ..JournalEntry::default()
        };
        let page = fill(TEMPLATE, &[("journal", entries(&[hostile]))]);
        assert!(page.contains("/&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(page.contains("&quot;&gt;&lt;img src=x&gt;={{journal}}"));
        assert!(page.contains("&lt;b&gt;"));
        assert!(!page.contains("<img"));
    }

    #[test]
    fn every_place_of_the_template_is_filled() {
        let names =
            ["data", "clock", "vendors", "settings", "faults", "calls", "requests", "journal"];
        assert_eq!(TEMPLATE.matches("{{").count(), names.len());
        for name in names {
            assert!(TEMPLATE.contains(&format!("{{{{{name}}}}}")), "{name}");
        }
    }

    #[test]
    fn rates_are_shown_as_decimals() {
        assert_eq!([0, 1000, 1500, 60_000].map(thousandths), ["0", "1", "1.500", "60"]);
    }
}
