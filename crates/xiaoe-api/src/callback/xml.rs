use live_rewards_http::callback::CallbackError;
use quick_xml::{Reader, escape::resolve_xml_entity, events::Event};

/// Bounds, far above what a message has: depth, elements, characters of a name.
const MOST_DEPTH: usize = 8;
const MOST_ELEMENTS: usize = 1000;
const LONGEST_NAME: usize = 100;

/// Paths and texts of the elements without elements in them, in their order.
///
/// The text may be several elements or one root around them; the root's name is no part of a path, which is as `xe_data.user_id`.
/// Attributes are passed over; a document type is refused, and so is text beside elements.
pub(super) fn leaves(text: &str) -> Result<Vec<(String, String)>, CallbackError> {
    read(text).ok_or_else(unreadable)
}

/// The error for what is no message in XML.
pub(super) fn unreadable() -> CallbackError {
    CallbackError::unreadable("not XML as messages are")
}

fn read(text: &str) -> Option<Vec<(String, String)>> {
    let mut reader = Reader::from_str(text);
    let mut tree = Tree::default();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => tree.open(tag.name().into_inner())?,
            Event::End(_) => tree.close()?,
            Event::Empty(tag) => {
                tree.open(tag.name().into_inner())?;
                tree.close()?;
            }
            Event::Text(text) => tree.add(&text)?,
            Event::CData(text) => tree.add(&text)?,
            Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                Some(character) => tree.add(character.encode_utf8(&mut [0; 4]))?,
                None => tree.add(resolve_xml_entity(&reference)?)?,
            },
            Event::DocType(_) => return None,
            Event::Eof => return tree.finish(),
            // Comments and processing instructions.
            _ => {}
        }
    }
}

#[derive(Default)]
struct Tree {
    /// Elements that are not closed yet, the innermost last.
    open: Vec<Open>,
    /// Their names, with dots between them.
    path: String,
    elements: usize,
    /// Elements that are in no other.
    outermost: usize,
    leaves: Vec<(String, String)>,
}

struct Open {
    /// Length of the path around it.
    outer: usize,
    text: String,
    is_leaf: bool,
}

impl Tree {
    fn open(&mut self, name: &str) -> Option<()> {
        self.elements += 1;
        if self.elements > MOST_ELEMENTS
            || self.open.len() >= MOST_DEPTH
            || name.len() > LONGEST_NAME
        {
            return None;
        }
        let outer = self.path.len();
        if let Some(around) = self.open.last_mut() {
            around.is_leaf = false;
            self.path.push('.');
        } else {
            self.outermost += 1;
        }
        self.path.push_str(name);
        self.open.push(Open { outer, text: String::new(), is_leaf: true });
        Some(())
    }

    fn add(&mut self, text: &str) -> Option<()> {
        match self.open.last_mut() {
            Some(open) => open.text.push_str(text),
            None if is_blank(text) => {}
            None => return None,
        }
        Some(())
    }

    fn close(&mut self) -> Option<()> {
        let closed = self.open.pop()?;
        if closed.is_leaf {
            self.leaves.push((self.path.clone(), closed.text));
        } else if !is_blank(&closed.text) {
            return None;
        }
        self.path.truncate(closed.outer);
        Some(())
    }

    fn finish(mut self) -> Option<Vec<(String, String)>> {
        if !self.open.is_empty() || self.outermost == 0 {
            return None;
        }
        if self.outermost == 1 {
            for (path, _) in &mut self.leaves {
                if let Some((_, inner)) = path.split_once('.') {
                    *path = inner.to_owned();
                }
            }
        }
        Some(self.leaves)
    }
}

fn is_blank(text: &str) -> bool {
    text.trim_ascii().is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn owned<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
        pairs.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec()
    }

    #[test]
    fn a_root_makes_no_difference() {
        let inside = "<type>alive</type>\n<xe_data><data><push_time/><n> 1 </n></data></xe_data>";
        let leaves =
            owned([("type", "alive"), ("xe_data.data.push_time", ""), ("xe_data.data.n", " 1 ")]);
        assert_eq!(read(inside).as_ref(), Some(&leaves));
        for root in ["doc", "xml"] {
            let text = format!("<?xml version=\"1.0\"?>\n<{root} a=\"1\">\n{inside}\n</{root}>\n");
            assert_eq!(read(&text).as_ref(), Some(&leaves));
        }
    }

    #[test]
    fn text_is_unescaped_and_put_together() {
        let text = "<a>x &lt;&#x7ea2;&#21253;&amp;<![CDATA[<b>&amp;]]><!-- no --> y</a><b></b>";
        assert_eq!(read(text), Some(owned([("a", "x <红包&<b>&amp; y"), ("b", "")])));
        assert_eq!(read("<a>1</a>"), Some(owned([("a", "1")])));
    }

    #[test]
    fn what_is_no_message_is_refused() {
        let long = format!("<{0}>1</{0}>", "n".repeat(LONGEST_NAME + 1));
        let many = "<a/>".repeat(MOST_ELEMENTS + 1);
        let deep = format!("{}{}", "<a>".repeat(9), "</a>".repeat(9));
        for text in [
            "",
            "text",
            "<a>",
            "</a>",
            "<a></b>",
            "<a>1</a>text",
            "<a>text<b>1</b></a>",
            "<a>&unknown;</a>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>1</a>",
            &long,
            &many,
            &deep,
        ] {
            assert_eq!(read(text), None, "{}", text.get(..40).unwrap_or(text));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(
            text in "(<a>|</a>|<b/>|&amp;|&#x41;|<!\\[CDATA\\[|\\]\\]>|<!--|-->|[<>&?! a红]){0,30}"
        ) {
            let _ = read(&text);
        }
    }
}
