//! Peers beside ours.
