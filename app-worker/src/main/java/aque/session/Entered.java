package aque.session;

import aque.openjd.Environment;
import java.util.Map;

/// An environment that was entered, or whose entering failed, and is to be left again.
///
/// @param symbols with the places of its files
record Entered(Environment environment, Variables variables, ScriptFiles files, Map<String, String> symbols) {}
