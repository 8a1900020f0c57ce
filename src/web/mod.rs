//! `dibao serve`: pages and the HTTP interface.
