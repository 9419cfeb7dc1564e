package aque.posix;

/// What `/proc/PID/stat` says of one process at one moment.
///
/// @param ticks processor time of the process itself, in hundredths of a second; `childTicks`: of the
///     descendants that it
///     waited for
/// @param memory resident bytes
/// @param threads how many it has
public record ProcStat(
        ProcessId id,
        boolean zombie,
        int parent,
        int group,
        int session,
        long ticks,
        long childTicks,
        long memory,
        int threads) {

    private static final long PAGE = Proc.pageSize();

    public int pid() {
        return id.pid();
    }

    /// Reads one line; the name in parentheses may itself hold blanks and parentheses.
    static ProcStat parse(byte[] line, int length) {
        long[] number = new long[21];
        Numbers.read(line, 0, length, number, 1);
        int pid = (int) number[0];
        int name = length - 1;
        while (line[name] != ')') {
            name--;
        }
        byte state = line[name + 2];
        Numbers.read(line, name + 3, length, number, 21);
        return new ProcStat(
                new ProcessId(pid, number[18]),
                state == 'Z' || state == 'X',
                (int) number[0],
                (int) number[1],
                (int) number[2],
                number[10] + number[11],
                number[12] + number[13],
                number[20] * PAGE,
                (int) number[16]);
    }
}
