//! Faults in the rows of an answer, made in its text.

use std::ops::Range;

use crate::catalog::Shape;
use crate::faults::FaultKind;
use crate::faults::text::{elements, member, member_of, replace, value_at, values};

/// The text with the fault in it; `None` if there is nothing to change.
pub(super) fn spoilt(text: &str, shape: Shape, kind: &FaultKind) -> Option<String> {
    match kind {
        FaultKind::UnknownLabel => {
            let (before, name) = shape.label?;
            unknown(text, member(text, member(text, 0, before)?.start, name)?)
        }
        FaultKind::UnknownLabelIn(name) => {
            let within = |object: Range<usize>| {
                member(text, object.start, name).filter(|label| label.end <= object.end)
            };
            let beside = || {
                let (object, _) = shape.label.filter(|(before, _)| *before != shape.rows)?;
                within(member(text, 0, object)?)
            };
            unknown(text, first_row(text, shape).and_then(within).or_else(beside)?)
        }
        FaultKind::NewField => {
            let row = first_row(text, shape)?;
            let end = row.end - 1;
            let comma = if values(text, &row).is_empty() { "" } else { "," };
            Some(replace(text, &[(end..end, format!("{comma}\"emulatorNewField\":\"new\""))]))
        }
        FaultKind::ChangedType => {
            let row = first_row(text, shape)?;
            let changed: Vec<_> = values(text, &row)
                .into_iter()
                .filter_map(|value| Some((value.clone(), of_other_type(text.get(value)?)?)))
                .collect();
            (!changed.is_empty()).then(|| replace(text, &changed))
        }
        FaultKind::BrokenRow => {
            let place = member_of(text, &first_row(text, shape)?, shape.required?)?;
            Some(replace(text, &[(place, "{}".to_owned())]))
        }
        FaultKind::WrongTotal(by) => {
            let place = member(text, 0, shape.total?)?;
            let total: i64 = text.get(place.clone())?.parse().ok()?;
            Some(replace(text, &[(place, total.saturating_add(*by).to_string())]))
        }
        _ => None,
    }
}

/// A page with the last `count` rows of the page before at its head.
pub(super) fn overlapped(text: &str, before: &str, shape: Shape, count: usize) -> Option<String> {
    let before = all_rows(before, shape)?;
    let repeated = before.get(before.len().saturating_sub(count)..)?;
    if repeated.is_empty() {
        return None;
    }
    let own = all_rows(text, shape)?;
    with_rows(text, shape, repeated.iter().chain(&own))
}

/// A page as it is when `count` rows have come in at the head of its listing: `before` are the pages before it, as many as it takes.
pub(super) fn shifted(
    text: &str,
    before: &[String],
    shape: Shape,
    count: usize,
    size: usize,
) -> Option<String> {
    let mut all = Vec::new();
    for page in before.iter().map(String::as_str).chain([text]) {
        all.extend(all_rows(page, shape)?);
    }
    let first = before.len().saturating_mul(size).saturating_sub(count);
    let page: Vec<&str> = all.into_iter().skip(first).take(size).collect();
    if before.is_empty() || page.is_empty() {
        return None;
    }
    with_rows(text, shape, &page)
}

/// A page with these rows instead of its own.
fn with_rows<'a>(
    text: &str,
    shape: Shape,
    rows: impl IntoIterator<Item = &'a &'a str>,
) -> Option<String> {
    let rows: Vec<&str> = rows.into_iter().copied().collect();
    Some(replace(text, &[(member(text, 0, shape.rows)?, format!("[{}]", rows.join(",")))]))
}

fn all_rows(text: &str, shape: Shape) -> Option<Vec<&str>> {
    rows(text, shape)?.into_iter().map(|row| text.get(row)).collect()
}

fn rows(text: &str, shape: Shape) -> Option<Vec<Range<usize>>> {
    Some(elements(text, &member(text, 0, shape.rows)?))
}

fn first_row(text: &str, shape: Shape) -> Option<Range<usize>> {
    value_at(text, member(text, 0, shape.rows)?.start + 1)
}

/// The text with a label that nobody knows at a place, where text or a number stands.
fn unknown(text: &str, label: Range<usize>) -> Option<String> {
    let is_plain = !text.get(label.clone())?.starts_with(['{', '[']);
    let unknown = if is_text(text, &label) { "\"emulator-label\"" } else { "99" };
    is_plain.then(|| replace(text, &[(label, unknown.to_owned())]))
}

fn is_text(text: &str, place: &Range<usize>) -> bool {
    text.get(place.clone()).is_some_and(|value| value.starts_with('"'))
}

/// A number as text, or text of digits as a number.
fn of_other_type(value: &str) -> Option<String> {
    if let Some(text) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let number: i64 = text.parse().ok()?;
        return (number.to_string() == text).then(|| text.to_owned());
    }
    let is_number = value.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    is_number.then(|| format!("\"{value}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape {
        rows: "list",
        label: Some(("list", "state")),
        total: Some("total"),
        required: Some("id"),
    };

    fn page(rows: &str) -> String {
        format!(r#"{{"code":0,"data":{{"list":[{rows}],"page":{{"total":7}}}}}}"#)
    }

    fn rows_after(kind: &FaultKind, rows: &str) -> Option<String> {
        let text = spoilt(&page(rows), SHAPE, kind)?;
        let list = member(&text, 0, "list").unwrap();
        Some(text[list.start + 1..list.end - 1].to_owned())
    }

    #[test]
    fn the_first_row_is_changed() {
        let rows = r#"{"id":"12","state":2,"sum":0.50,"name":"李","no":"007"},{"id":"1"}"#;
        let changed = |kind| rows_after(&kind, rows).unwrap();
        assert_eq!(
            changed(FaultKind::ChangedType),
            r#"{"id":12,"state":"2","sum":"0.50","name":"李","no":"007"},{"id":"1"}"#
        );
        assert_eq!(
            changed(FaultKind::NewField),
            r#"{"id":"12","state":2,"sum":0.50,"name":"李","no":"007","emulatorNewField":"new"},{"id":"1"}"#
        );
        assert_eq!(
            changed(FaultKind::UnknownLabel),
            r#"{"id":"12","state":99,"sum":0.50,"name":"李","no":"007"},{"id":"1"}"#
        );
        assert_eq!(
            changed(FaultKind::BrokenRow),
            r#"{"id":{},"state":2,"sum":0.50,"name":"李","no":"007"},{"id":"1"}"#
        );
        let text = rows_after(&FaultKind::UnknownLabel, r#"{"state":"已结束"}"#).unwrap();
        assert_eq!(text, r#"{"state":"emulator-label"}"#);
    }

    #[test]
    fn where_nothing_is_nothing_changes() {
        for kind in [
            FaultKind::ChangedType,
            FaultKind::NewField,
            FaultKind::UnknownLabel,
            FaultKind::BrokenRow,
        ] {
            assert_eq!(rows_after(&kind, ""), None, "{kind:?}");
        }
        assert_eq!(rows_after(&FaultKind::ChangedType, r#"{"name":"李"}"#), None);
        assert_eq!(rows_after(&FaultKind::BrokenRow, r#"{"name":"李"},{"id":"1"}"#), None);
    }

    #[test]
    fn a_row_is_broken_in_its_own_member() {
        let row = |id: &str| format!(r#"{{"by":{{"id":1}},"ids":["id"],"id":{id}}}"#);
        assert_eq!(rows_after(&FaultKind::BrokenRow, &row("[2]")), Some(row("{}")));
    }

    #[test]
    fn the_total_is_off() {
        let text = spoilt(&page(""), SHAPE, &FaultKind::WrongTotal(-2)).unwrap();
        assert!(text.contains(r#""total":5}"#));
    }

    #[test]
    fn rows_of_the_page_before_come_again() {
        let overlapped = |count| overlapped(&page("4,5,6"), &page("1,2,3"), SHAPE, count);
        assert_eq!(overlapped(2).unwrap(), page("2,3,4,5,6"));
        assert_eq!(overlapped(9).unwrap(), page("1,2,3,4,5,6"));
        assert_eq!(super::overlapped(&page("1"), &page(""), SHAPE, 1), None);
    }

    #[test]
    fn pages_are_shifted_as_if_rows_had_come_in() {
        let all = ["1", "2", "3", "4", "5", "6", "7"];
        for (size, count) in [(3_usize, 2_usize), (3, 3), (1, 2), (2, 5), (4, 1)] {
            let pages: Vec<String> = (0..12)
                .map(|number| {
                    all.iter().skip(number * size).take(size).copied().collect::<Vec<_>>()
                })
                .map(|rows| page(&rows.join(",")))
                .collect();
            for number in 1..12 {
                let before = number.min(count.div_ceil(size));
                let rows = all.iter().skip((number * size).saturating_sub(count)).take(size);
                let rows: Vec<&str> = rows.copied().collect();
                let shifted =
                    shifted(&pages[number], &pages[number - before..number], SHAPE, count, size);
                let expected = (!rows.is_empty()).then(|| page(&rows.join(",")));
                assert_eq!(shifted, expected, "{size} {count} {number}");
            }
        }
        assert_eq!(shifted(&page("1,2"), &[], SHAPE, 1, 2), None);
    }
}
