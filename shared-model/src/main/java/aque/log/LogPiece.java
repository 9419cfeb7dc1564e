package aque.log;

/// A chunk as it was read: `seq` says where it stands among all that its attempt wrote, in order of arrival.
public record LogPiece(long seq, LogChunk chunk) {}
