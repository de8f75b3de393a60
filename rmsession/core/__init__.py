"""What a mentoring session is: values, facts and the engine, with the standard library alone."""
