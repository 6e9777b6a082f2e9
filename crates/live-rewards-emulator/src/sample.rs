//! Answers of the calls that have no data of their own: the example of their spec.

use crate::catalog::Route;
use crate::faults::text::{member, replace};
use crate::parameters::Parameters;
use crate::reply::Reply;

/// The example as it is for a first page, and without its rows for any other, whatever else was
/// asked for.
pub(crate) fn answer(route: &Route, given: &Parameters) -> Reply {
    let Some(text) = route.sample else {
        // Out of reach: a test looks at every route.
        tracing::error!(route.id, "neither data nor an example");
        return Reply::empty(500);
    };
    let is_first = route.paging.as_ref().is_none_or(|rules| rules.is_first(given));
    let rows = route.shape.filter(|_| !is_first).and_then(|shape| member(text, 0, shape.rows));
    match rows {
        Some(rows) => Reply::json_text(replace(text, &[(rows, "[]".to_owned())])),
        None => Reply::json_text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Effect, PageRules, PageStyle, Place, Shape};

    const FIRST: &str = r#"{"data":{"rows":[{"name":"a"}],"total":1}}"#;

    const LISTED: Route = Route {
        id: "listed",
        method: "GET",
        path: "/listed",
        place: Place::Query,
        effect: Effect::Read,
        parameters: &[],
        paging: Some(PageRules {
            style: PageStyle::Page,
            position: "page",
            size: "size",
            default_size: None,
            max_size: None,
        }),
        limit: None,
        shape: Some(Shape { rows: "rows", label: None, total: Some("total"), required: None }),
        samples: &[],
        sample: Some(FIRST),
    };

    fn answered(route: &Route, page: &str) -> String {
        let given = Parameters::from_pairs(&[("page".to_owned(), page.to_owned())]);
        String::from_utf8(answer(route, &given).body).unwrap()
    }

    #[test]
    fn only_a_first_page_has_rows() {
        assert_eq!(answered(&LISTED, "1"), FIRST);
        assert_eq!(answered(&LISTED, "2"), r#"{"data":{"rows":[],"total":1}}"#);
        let single = Route { paging: None, shape: None, ..LISTED };
        assert_eq!(answered(&single, "2"), FIRST);
    }
}
