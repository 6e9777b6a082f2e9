use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use crate::{Claim, Claims, Error, ErrorKind, Page, RejectedRow, Result, Vendor};

/// The rows of pages, and an error for each rejected one.
pub(super) fn rows<'a, T: Send + 'a>(
    vendor: Vendor,
    pages: impl Stream<Item = Result<Page<T>>> + Send + 'a,
) -> impl Stream<Item = Result<T>> + Send + 'a {
    flatten(pages.map_ok(move |page| stream::iter(in_place(vendor, page))))
}

/// The claims of a room's pages. What came of a red packet with them and can't be read is an error before the first of them.
pub(super) fn claims<'a>(
    vendor: Vendor,
    pages: impl Stream<Item = Result<Claims>> + Send + 'a,
) -> impl Stream<Item = Result<Claim>> + Send + 'a {
    let mut told = None;
    flatten(pages.map_ok(move |Claims { red_packet, rejected, page }| {
        let packet = red_packet.map(|packet| packet.id);
        // Each page of a packet's claims brings it again.
        let error = rejected.filter(|_| packet.is_none() || told != packet).map(|row| {
            let id = packet.as_ref().map(ToString::to_string).unwrap_or_default();
            let message = format!("what came of red packet {id} can't be read: {}", row.reason);
            Err(Error::new(ErrorKind::RejectedRow, message).with_vendor(vendor))
        });
        if error.is_some() {
            told = packet;
        }
        stream::iter(error.into_iter().chain(in_place(vendor, page)))
    }))
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

/// The items up to the first error that is more than a row.
pub(super) fn until_final<'a, T: Send + 'a>(
    items: impl Stream<Item = Result<T>> + Send + 'a,
) -> impl Stream<Item = Result<T>> + Send + 'a {
    stream::unfold(Some(items.boxed()), |items| async move {
        let mut items = items?;
        let item = items.next().await?;
        let ends = item.as_ref().is_err_and(|error| error.kind() != ErrorKind::RejectedRow);
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
