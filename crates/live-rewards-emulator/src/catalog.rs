//! The form of the generated tables (routes, parameter rules, error codes), and what is looked up
//! in them.

use crate::parameters::{Parameters, Value};

/// One endpoint as its vendor publishes it.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) place: Place,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) paging: Option<PageRules>,
    pub(crate) limit: Option<Limit>,
    /// Examples of its answers.
    pub(crate) samples: &'static [Grade],
}

/// Where the parameters of a request are.
#[allow(dead_code, reason = "which of these words the generated tables use varies")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Query,
    Form,
    Json,
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
    TextList,
}

/// How an endpoint is paged.
#[derive(Debug)]
pub(crate) struct PageRules {
    /// Parameter with the page's number or the offset.
    pub(crate) position: &'static str,
    /// Parameter with the page's size.
    pub(crate) size: &'static str,
    pub(crate) default_size: Option<u32>,
    pub(crate) max_size: Option<u32>,
}

impl PageRules {
    /// Whether the position counts rows; it counts pages otherwise.
    pub(crate) fn counts_rows(&self) -> bool {
        self.position == "offset"
    }
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
    Application,
    Endpoint,
}

/// Where an example comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grade {
    Published,
    Altered,
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
                parameter: parameter.name,
                fault: parameter.fault(given.value(parameter.name))?,
            })
        })
    }
}

impl Parameter {
    fn fault(&self, given: Option<&Value>) -> Option<Fault> {
        let given = match given {
            Some(value) if !value.is_blank() => value,
            // A list that is given as nothing is a statement of its own: it filters nothing.
            Some(_) if self.kind == Kind::TextList => return None,
            _ => return self.required.then_some(Fault::Missing),
        };
        match (given, self.kind) {
            (Value::Text(_), Kind::Text) => None,
            (Value::Text(text), Kind::Integer) => {
                text.parse::<i64>().is_err().then_some(Fault::WrongType)
            }
            (Value::List(items), Kind::TextList) => {
                self.max_items.is_some_and(|most| items.len() > most).then_some(Fault::TooManyItems)
            }
            _ => Some(Fault::WrongType),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTE: Route = Route {
        id: "test",
        method: "POST",
        path: "/test",
        place: Place::Json,
        parameters: &[
            Parameter { name: "name", kind: Kind::Text, required: true, max_items: None },
            Parameter { name: "page", kind: Kind::Integer, required: false, max_items: None },
            Parameter { name: "ids", kind: Kind::TextList, required: true, max_items: Some(2) },
        ],
        paging: None,
        limit: None,
        samples: &[],
    };

    fn faults(body: &str) -> Vec<(&'static str, Fault)> {
        let parameters = Parameters::from_json(body.as_bytes()).unwrap();
        ROUTE
            .violations(&parameters)
            .map(|violation| (violation.parameter, violation.fault))
            .collect()
    }

    #[test]
    fn parameters_are_checked_against_the_table() {
        assert!(faults(r#"{"name":"a","page":"2","ids":[]}"#).is_empty());
        assert!(faults(r#"{"name":7,"page":2,"ids":null,"more":{}}"#).is_empty());
        assert!(faults(r#"{"name":"a","page":"","ids":""}"#).is_empty());
        assert_eq!(
            faults(r#"{"name":"","page":"x","ids":["a","b","c"]}"#),
            [("name", Fault::Missing), ("page", Fault::WrongType), ("ids", Fault::TooManyItems)]
        );
        assert_eq!(
            faults(r#"{"name":null,"page":{}}"#),
            [("name", Fault::Missing), ("page", Fault::WrongType), ("ids", Fault::Missing)]
        );
        assert_eq!(
            faults(r#"{"name":["a"],"ids":"a"}"#),
            [("name", Fault::WrongType), ("ids", Fault::WrongType)]
        );
    }
}
