use common_signing::{Algorithm, HexCase, Scheme};

/// The digest that requests are signed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PolyvSigning {
    /// MD5, which the vendor expects unless a request says otherwise.
    #[default]
    Md5,
    /// SHA-256, which a request asks for by `signatureMethod`.
    Sha256,
}

impl PolyvSigning {
    /// Secret, names and values, secret, in upper-case hex.
    pub(crate) const fn scheme(self) -> Scheme {
        let algorithm = match self {
            Self::Md5 => Algorithm::Md5,
            Self::Sha256 => Algorithm::Sha256,
        };
        Scheme::new(algorithm, HexCase::Upper)
    }

    /// The value of `signatureMethod`, where it has to be sent.
    pub(crate) const fn method(self) -> Option<&'static str> {
        match self {
            Self::Md5 => None,
            Self::Sha256 => Some("SHA256"),
        }
    }
}
