//! Vectors that others published or that follow from their rules, and laws that hold for any input.

mod laws;
mod vectors;
