use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use super::is_final;
use crate::{Error, ErrorKind, Page, Result, Vendor};

/// The rows of pages, and an error for each rejected one.
pub(super) fn rows<'a, T: Send + 'a>(
    vendor: Vendor,
    pages: impl Stream<Item = Result<Page<T>>> + Send + 'a,
) -> impl Stream<Item = Result<T>> + Send + 'a {
    flatten(pages.map_ok(move |page| stream::iter(in_place(vendor, page))))
}

/// Puts the rejected rows of a page where they stood among the others.
pub(super) fn in_place<T>(vendor: Vendor, page: Page<T>) -> Vec<Result<T>> {
    let mut rows = Vec::with_capacity(page.items.len() + page.rejected.len());
    let mut items = page.items.into_iter();
    for row in page.rejected {
        while rows.len() < row.position {
            match items.next() {
                Some(item) => rows.push(Ok(item)),
                None => break,
            }
        }
        let message = format!("row {} of a page can't be read: {}", row.position, row.reason);
        rows.push(Err(Error::new(ErrorKind::Decode, message).with_vendor(vendor)));
    }
    rows.extend(items.map(Ok));
    rows
}

/// The items up to the first error after which the next call would fare no better.
pub(super) fn until_final<'a, T: Send + 'a>(
    items: impl Stream<Item = Result<T>> + Send + 'a,
) -> impl Stream<Item = Result<T>> + Send + 'a {
    stream::unfold(Some(items.boxed()), |items| async move {
        let mut items = items?;
        let item = items.next().await?;
        let ends = item.as_ref().is_err_and(is_final);
        Some((item, (!ends).then_some(items)))
    })
}

/// Like `try_flatten`, but an error inside doesn't end the stream.
fn flatten<'a, T, I>(
    outer: impl Stream<Item = Result<I>> + Send + 'a,
) -> impl Stream<Item = Result<T>> + Send + 'a
where
    T: Send + 'a,
    I: Stream<Item = Result<T>> + Send + 'a,
{
    outer.flat_map(|inner| match inner {
        Ok(inner) => inner.left_stream(),
        Err(error) => stream::iter([Err(error)]).right_stream(),
    })
}
