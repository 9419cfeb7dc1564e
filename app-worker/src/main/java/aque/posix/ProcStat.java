package aque.posix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What `/proc/PID/stat` says of one process at one moment.
///
/// @param ticks processor time of the process itself, in hundredths of a second; `childTicks`: of the
///     descendants that it
///     waited for
/// @param memory resident bytes
public record ProcStat(
        ProcessId id, boolean zombie, int parent, int group, int session, long ticks, long childTicks, long memory) {

    private static final long PAGE = Proc.pageSize();

    public int pid() {
        return id.pid();
    }

    /// Reads one line; the name in parentheses may itself hold blanks and parentheses.
    static ProcStat parse(byte[] line, int length) {
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
        int pid = Integer.parseInt(text.substring(0, text.indexOf(' ')));
        String[] field = text.substring(text.lastIndexOf(')') + 2).trim().split(" ");
        long[] number = Arrays.stream(field, 1, 22).mapToLong(Long::parseLong).toArray();
        return new ProcStat(
                new ProcessId(pid, number[18]),
                field[0].equals("Z") || field[0].equals("X"),
                (int) number[0],
                (int) number[1],
                (int) number[2],
                number[10] + number[11],
                number[12] + number[13],
                number[20] * PAGE);
    }
}
