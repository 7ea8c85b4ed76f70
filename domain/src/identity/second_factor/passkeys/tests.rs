mod coming_in;
mod keeping;
mod proving;
