use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use crate::{Error, ErrorKind, Page, RejectedRow, Result, Vendor};

/// The rows of pages, and an error for each rejected one.
pub(super) fn rows<'a, T: Send + 'a>(
    vendor: Vendor,
    pages: impl Stream<Item = Result<Page<T>>> + Send + 'a,
) -> impl Stream<Item = Result<T>> + Send + 'a {
    flatten(pages.map_ok(move |page| stream::iter(in_place(vendor, page))))
}

/// The rows of a page, and an error where one that was rejected stood.
pub(super) fn in_place<T>(vendor: Vendor, page: Page<T>) -> Vec<Result<T>> {
    let error = |row: RejectedRow| {
        let message = format!("row {} of a page can't be read: {}", row.position, row.reason);
        Error::new(ErrorKind::RejectedRow, message).with_vendor(vendor)
    };
    in_order(page.items, page.rejected).map(|row| row.map_err(error)).collect()
}

/// Puts rejected rows where they stood among the others.
pub(super) fn in_order<T>(
    items: Vec<T>,
    rejected: Vec<RejectedRow>,
) -> impl Iterator<Item = Result<T, RejectedRow>> {
    let (mut items, mut rejected) = (items.into_iter(), rejected.into_iter().peekable());
    (0..).map_while(move |index| {
        let due = rejected.next_if(|row| row.position <= index);
        due.map(Err).or_else(|| items.next().map(Ok)).or_else(|| rejected.next().map(Err))
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
