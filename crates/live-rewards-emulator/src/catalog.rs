//! The form of the generated tables (routes, parameter rules, error codes), and what is looked up
//! in them.

use crate::parameters::{Parameters, Value};

/// One endpoint as its vendor publishes it.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    /// Path, with its parameters in braces.
    pub(crate) path: &'static str,
    pub(crate) place: Place,
    pub(crate) effect: Effect,
    /// Parameters, those of the path among them.
    pub(crate) parameters: &'static [Parameter],
    pub(crate) paging: Option<PageRules>,
    pub(crate) limit: Option<Limit>,
    /// Where its answers have what faults change; `None` if they have no rows.
    pub(crate) shape: Option<Shape>,
    /// Examples of its answers.
    pub(crate) samples: &'static [Grade],
    /// The first of them that isn't a refusal: the whole body.
    pub(crate) sample: Option<&'static str>,
}

/// Where the parameters of a request are, but for those of its path.
#[allow(dead_code, reason = "which of these words the generated tables use varies")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Query,
    Form,
    Json,
}

/// What a call does.
#[allow(dead_code, reason = "which of these words the generated tables use varies")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Read,
    Write,
}

/// One parameter and what may be in it.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) max_items: Option<usize>,
}

/// Type of a parameter.
#[allow(dead_code, reason = "which of these words the generated tables use varies")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    /// A list in JSON; elsewhere text with commas.
    TextList,
    Object,
}

/// How an endpoint is paged.
#[derive(Debug)]
pub(crate) struct PageRules {
    pub(crate) style: PageStyle,
    /// Parameter with the page's number, the offset or the cursor.
    pub(crate) position: &'static str,
    /// Parameter with the page's size.
    pub(crate) size: &'static str,
    pub(crate) default_size: Option<u32>,
    pub(crate) max_size: Option<u32>,
}

/// What the position of a page is.
#[allow(dead_code, reason = "which of these words the generated tables use varies")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageStyle {
    /// A number from 1.
    Page,
    /// A number of rows.
    Offset,
    /// A number from 1 within a month.
    CalendarMonth,
    /// What came with the last row before it.
    Cursor,
}

impl PageRules {
    /// Whether the first page is asked for.
    pub(crate) fn is_first(&self, given: &Parameters) -> bool {
        match self.style {
            PageStyle::Page | PageStyle::CalendarMonth => {
                given.integer(self.position).is_none_or(|number| number <= 1)
            }
            PageStyle::Offset => given.integer(self.position).is_none_or(|offset| offset <= 0),
            PageStyle::Cursor => given.value(self.position).is_none_or(Value::is_blank),
        }
    }
}

/// Where an answer has what faults change. All names are unique from where they are looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Member with the list of rows.
    pub(crate) rows: &'static str,
    /// A member, and behind it one with a label.
    pub(crate) label: Option<(&'static str, &'static str)>,
    /// Member with the number of all rows.
    pub(crate) total: Option<&'static str>,
    /// Member of a row that can't be read without it.
    pub(crate) required: Option<&'static str>,
}

/// Published rate limit.
#[derive(Debug)]
pub(crate) struct Limit {
    pub(crate) requests: u32,
    pub(crate) window_seconds: u32,
    pub(crate) scope: Scope,
}

/// Whose requests a rate limit counts together.
#[allow(dead_code, reason = "which of these words the generated tables use varies")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Ip,
    Endpoint,
}

/// Where an example comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grade {
    Published,
    Altered,
    Transcribed,
    Completed,
    Constructed,
}

/// One published error.
#[derive(Debug)]
pub(crate) struct VendorError {
    /// Code or key in the body.
    pub(crate) code: &'static str,
    /// HTTP status.
    pub(crate) status: u16,
    /// What the vendor is attested to say.
    pub(crate) message: Option<&'static str>,
}

/// Looks a published error up.
pub(crate) fn error(errors: &'static [VendorError], code: &str) -> Option<&'static VendorError> {
    errors.iter().find(|error| error.code == code)
}

/// What is wrong with a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Path of the route.
    pub(crate) path: &'static str,
    pub(crate) parameter: &'static str,
    pub(crate) fault: Fault,
}

/// Way in which a parameter can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Missing,
    WrongType,
    TooManyItems,
}

impl Fault {
    /// The rest of a sentence that begins with the parameter's name.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Missing => "is required",
            Self::WrongType => "has the wrong type",
            Self::TooManyItems => "has too many items",
        }
    }
}

impl Route {
    /// The parameters that break their rules, in the order of the table.
    pub(crate) fn violations(&self, given: &Parameters) -> impl Iterator<Item = Violation> {
        self.parameters.iter().filter_map(move |parameter| {
            Some(Violation {
                path: self.path,
                parameter: parameter.name,
                fault: parameter.fault(self.place, given.value(parameter.name))?,
            })
        })
    }
}

impl Parameter {
    fn fault(&self, place: Place, given: Option<&Value>) -> Option<Fault> {
        let given = match given {
            Some(value) if !value.is_blank() => value,
            // A list that is given as nothing is a statement of its own: it filters nothing.
            Some(_) if self.kind == Kind::TextList => return None,
            _ => return self.required.then_some(Fault::Missing),
        };
        match (given, self.kind) {
            (Value::Text(_), Kind::Text) | (Value::Nested(_), Kind::Object) => None,
            (Value::Text(text), Kind::Integer) => {
                text.parse::<i64>().is_err().then_some(Fault::WrongType)
            }
            (Value::List(items), Kind::TextList) => self.too_many(items.len()),
            (Value::Text(text), Kind::TextList) if place != Place::Json => {
                self.too_many(text.split(',').count())
            }
            _ => Some(Fault::WrongType),
        }
    }

    fn too_many(&self, items: usize) -> Option<Fault> {
        self.max_items.is_some_and(|most| items > most).then_some(Fault::TooManyItems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMETERS: &[Parameter] = &[
        Parameter { name: "name", kind: Kind::Text, required: true, max_items: None },
        Parameter { name: "page", kind: Kind::Integer, required: false, max_items: None },
        Parameter { name: "ids", kind: Kind::TextList, required: true, max_items: Some(2) },
        Parameter { name: "after", kind: Kind::Object, required: false, max_items: None },
    ];

    const fn route(place: Place) -> Route {
        Route {
            id: "test",
            method: "POST",
            path: "/test",
            place,
            effect: Effect::Read,
            parameters: PARAMETERS,
            paging: None,
            limit: None,
            shape: None,
            samples: &[],
            sample: None,
        }
    }

    fn violations(route: &Route, given: &Parameters) -> Vec<(&'static str, Fault)> {
        route.violations(given).map(|violation| (violation.parameter, violation.fault)).collect()
    }

    fn faults(body: &str) -> Vec<(&'static str, Fault)> {
        let given = Parameters::from_json(body.as_bytes()).unwrap();
        violations(&route(Place::Json), &given)
    }

    #[test]
    fn parameters_are_checked_against_the_table() {
        assert!(faults(r#"{"name":"a","page":"2","ids":[],"after":{"id":1}}"#).is_empty());
        assert!(faults(r#"{"name":7,"page":2,"ids":null,"more":{}}"#).is_empty());
        assert!(faults(r#"{"name":"a","page":"","ids":"","after":null}"#).is_empty());
        assert_eq!(
            faults(r#"{"name":"","page":"x","ids":["a","b","c"]}"#),
            [("name", Fault::Missing), ("page", Fault::WrongType), ("ids", Fault::TooManyItems)]
        );
        assert_eq!(
            faults(r#"{"name":null,"page":{}}"#),
            [("name", Fault::Missing), ("page", Fault::WrongType), ("ids", Fault::Missing)]
        );
        assert_eq!(
            faults(r#"{"name":["a"],"ids":"a","after":"x"}"#),
            [("name", Fault::WrongType), ("ids", Fault::WrongType), ("after", Fault::WrongType)]
        );
    }

    #[test]
    fn outside_of_json_a_list_is_text_with_commas() {
        let given = |ids: &str| {
            let pairs = [("name", "a"), ("ids", ids)];
            let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
            Parameters::from_pairs(&pairs)
        };
        let query = route(Place::Query);
        assert!(violations(&query, &given("1,2")).is_empty());
        assert_eq!(violations(&query, &given("1,2,3")), [("ids", Fault::TooManyItems)]);
        assert_eq!(violations(&route(Place::Json), &given("1")), [("ids", Fault::WrongType)]);
    }

    #[test]
    fn a_first_page_needs_no_position() {
        let is_first = |style, body: &str| {
            let rules = PageRules {
                style,
                position: "at",
                size: "size",
                default_size: None,
                max_size: None,
            };
            rules.is_first(&Parameters::from_json(body.as_bytes()).unwrap())
        };
        for (style, first, later) in [
            (PageStyle::Page, r#"{"at":1}"#, r#"{"at":"2"}"#),
            (PageStyle::CalendarMonth, r#"{"at":0}"#, r#"{"at":2}"#),
            (PageStyle::Offset, r#"{"at":0}"#, r#"{"at":1}"#),
            (PageStyle::Cursor, r#"{"at":null}"#, r#"{"at":{"id":1}}"#),
        ] {
            assert!(is_first(style, "{}") && is_first(style, first), "{style:?}");
            assert!(!is_first(style, later), "{style:?}");
        }
    }
}
