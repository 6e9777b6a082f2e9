//! What queries have in common.

/// The setters of every query, for its `impl`.
macro_rules! paging_setters {
    ($rows:literal) => {
        #[doc = concat!("Asks for so many ", $rows, " a page.")]
        pub fn page_size(mut self, size: u32) -> Self {
            self.page_size = Some(size);
            self
        }

        /// Lets a stream have up to so many calls under way at once. The rows and their order don't depend on it.
        pub fn read_ahead(mut self, calls: usize) -> Self {
            self.read_ahead = calls;
            self
        }
    };
}

/// The setters of a query with a time range, for its `impl`.
macro_rules! time_setters {
    ($what:literal) => {
        #[doc = concat!("Only those ", $what, " from an instant on.")]
        ///
        /// Whether the vendor includes the instant itself is unpublished.
        pub fn since(mut self, since: Timestamp) -> Self {
            self.since = Some(since);
            self
        }

        #[doc = concat!("Only those ", $what, " up to an instant.")]
        ///
        /// Whether the vendor includes the instant itself is unpublished.
        pub fn until(mut self, until: Timestamp) -> Self {
            self.until = Some(until);
            self
        }
    };
}

/// What every query says of its pages, for its `impl Query`.
macro_rules! paging {
    () => {
        fn page_size(&self) -> Option<u32> {
            self.page_size
        }

        fn read_ahead(&self) -> usize {
            self.read_ahead
        }
    };
}

/// What a query with a time range says of it, for its `impl Query`.
macro_rules! time_range {
    () => {
        fn since(&self) -> Option<Timestamp> {
            self.since
        }

        fn until(&self) -> Option<Timestamp> {
            self.until
        }
    };
}

pub(super) use {paging, paging_setters, time_range, time_setters};
