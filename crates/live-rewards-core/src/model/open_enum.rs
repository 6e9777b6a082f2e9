/// An enum of a vendor's labels that keeps a label it doesn't know.
pub trait OpenEnum: Sized {
    /// The variant of a label; one that keeps the label if none has it.
    fn from_label(label: &str) -> Self;

    /// The label.
    fn label(&self) -> &str;

    /// Whether the label is none of the known ones.
    fn is_unknown(&self) -> bool;
}

/// Defines an enum of labels with an `Unknown` arm, and its [`OpenEnum`].
macro_rules! open_enum {
    (
        $(#[$doc:meta])*
        pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $label:literal,)+ }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A label that this version doesn't know, as it came.
            Unknown(Box<str>),
        }

        impl $crate::OpenEnum for $name {
            fn from_label(label: &str) -> Self {
                match label {
                    $($label => Self::$variant,)+
                    _ => Self::Unknown(label.into()),
                }
            }

            fn label(&self) -> &str {
                match self {
                    $(Self::$variant => $label,)+
                    Self::Unknown(label) => label,
                }
            }

            fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }
        }
    };
}

pub(super) use open_enum;
