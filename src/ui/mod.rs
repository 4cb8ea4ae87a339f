//! `State` becomes cells. Changes nothing.
