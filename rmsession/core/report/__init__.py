"""The programme's report: figures over many sessions, each with what it rests on, or hidden where it tells on few."""
