use std::borrow::Cow;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request,
    header::{CONTENT_TYPE, InvalidHeaderValue},
};
use live_rewards_core::{Error, ErrorKind, Result};

use crate::{BaseUrl, EndpointInfo, Parameters, ParametersIn, path::is_fit};

/// A request before it is encoded: what authorisation reads and adds to.
///
/// `Debug` shows names of parameters and headers, never their values, nor the path, which may have values in it.
#[derive(Clone)]
pub struct Draft {
    /// HTTP method.
    pub method: Method,
    /// Path below the base URL.
    pub path: Cow<'static, str>,
    /// Parameters of the URL's query.
    pub query: Parameters,
    /// The body.
    pub body: Body,
    headers: HeaderMap,
}

/// The body of a [`Draft`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Body {
    /// None.
    Empty,
    /// `application/x-www-form-urlencoded`.
    Form(Parameters),
    /// A JSON object of the parameters.
    Json(Parameters),
}

impl Draft {
    /// The request that an endpoint's path and parameters make.
    pub fn new(info: &EndpointInfo, path: Cow<'static, str>, parameters: Parameters) -> Self {
        let (query, body) = match info.parameters {
            ParametersIn::Query => (parameters, Body::Empty),
            ParametersIn::Form => (Parameters::new(), Body::Form(parameters)),
            ParametersIn::Json => (Parameters::new(), Body::Json(parameters)),
        };
        Self { method: info.method.clone(), path, query, body, headers: HeaderMap::new() }
    }

    /// Sets a header.
    pub fn header(&mut self, name: &'static str, value: &str) -> Result<()> {
        let value = HeaderValue::from_str(value).map_err(|error| unfit(name, error))?;
        self.headers.insert(name, value);
        Ok(())
    }

    /// Sets a header whose value must not be shown.
    pub fn sensitive_header(&mut self, name: &'static str, value: &str) -> Result<()> {
        self.header(name, value)?;
        if let Some(value) = self.headers.get_mut(name) {
            value.set_sensitive(true);
        }
        Ok(())
    }

    /// The headers that were set, without those that every request has.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The one place where a request is encoded.
    pub(crate) fn encode(&self, base: &BaseUrl, extra: &HeaderMap) -> Result<Request<Bytes>> {
        if !is_fit(&self.path) {
            let what = "a part of the path is empty, `.` or `..`";
            return Err(Error::new(ErrorKind::InvalidInput, what));
        }
        let query = self.query.encode();
        let (content_type, body) = match &self.body {
            Body::Empty => (None, Bytes::new()),
            Body::Form(parameters) => {
                (Some("application/x-www-form-urlencoded"), parameters.encode().into())
            }
            Body::Json(parameters) => {
                let body = serde_json::to_vec(parameters).map_err(|error| {
                    Error::new(ErrorKind::InvalidInput, "the request is no JSON").with_source(error)
                })?;
                (Some("application/json"), body.into())
            }
        };
        let mut request = Request::builder()
            .method(self.method.clone())
            .uri(base.join(&self.path, &query))
            .body(body)
            .map_err(|_| Error::new(ErrorKind::InvalidInput, "the request makes no valid URL"))?;
        let headers = request.headers_mut();
        for (name, value) in extra.iter().chain(&self.headers) {
            headers.insert(name.clone(), value.clone());
        }
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        Ok(request)
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft")
            .field("method", &self.method)
            .field("query", &self.query)
            .field("body", &self.body)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

fn unfit(name: &'static str, error: InvalidHeaderValue) -> Error {
    Error::new(ErrorKind::Config, format!("the value for header {name} has unfit characters"))
        .with_source(error)
}
