//! Where what the documentation says comes from.

use vendor_specs::{Grade, Source};

use super::limit::Limit;

/// Where something is described.
pub(crate) fn source(source: &Source) -> String {
    let read = if source.archived { "archived copy read" } else { "read" };
    let grade = grade(source.grade);
    format!("Source: <{}> ({grade}, {read} {}).", source.page, source.seen)
}

/// Where a rate limit is published, beside the endpoint's own page.
pub(crate) fn of_limit(limit: &Limit<'_>, page: &Source) -> String {
    if limit.source == page.page.as_str() && limit.grade == page.grade {
        return "Rate limit: the same page.".to_owned();
    }
    format!("Rate limit: {}, {}.", cited(limit.source), grade(limit.grade))
}

/// What a parameter or field says, with what is to be known about it.
pub(crate) fn noted(doc: String, note: Option<&str>, grade: Option<Grade>) -> String {
    let more = match (note, grade) {
        (Some(note), _) => Some(note),
        (None, Some(grade)) => beside_the_page(grade),
        (None, None) => None,
    };
    match more {
        Some(more) => format!("{doc} {more}"),
        None => doc,
    }
}

fn beside_the_page(grade: Grade) -> Option<&'static str> {
    match grade {
        Grade::Official => None,
        Grade::Sample => Some("In the example, not in the table."),
        Grade::Sdk => Some("Known from the vendor's own client."),
        Grade::ThirdParty => Some("Known from others' clients."),
    }
}

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Official => "official page",
        Grade::Sample => "example",
        Grade::Sdk => "the vendor's own client",
        Grade::ThirdParty => "third party",
    }
}

/// A source with its addresses as links.
pub(crate) fn cited(source: &str) -> String {
    let words = source.split(' ').map(|word| {
        let address = word.trim_end_matches([',', ';']);
        if address.starts_with("https://") || address.starts_with("http://") {
            format!("<{address}>{}", &word[address.len()..])
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_and_what_is_around_them_stays() {
        assert_eq!(
            cited("https://example.com (limit.md), http://example.org, a letter"),
            "<https://example.com> (limit.md), <http://example.org>, a letter"
        );
    }
}
