package aque.posix;

/// What a process and the descendants that it waited for read from and wrote to storage, in bytes.
public record ProcIo(long read, long written) {}
