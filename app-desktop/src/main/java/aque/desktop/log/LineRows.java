package aque.desktop.log;

import java.util.Arrays;

/// The rows that a line takes in a view: words stay whole where they are no longer than a part of a row. Pure.
final class LineRows {
    /// Of a longer line every row has as many columns: nobody reads its words.
    private static final int LONG = 10_000;

    private final int[] starts;

    private LineRows(int[] starts) {
        this.starts = starts;
    }

    /// @param perRow columns of one row; the largest int where lines do not go on in the next
    static LineRows of(String text, int perRow) {
        if (text.length() <= perRow) {
            return new LineRows(new int[1]);
        }
        var starts = new int[text.length() / Math.max(1, perRow / 2) + 2];
        int rows = 1;
        int end = perRow;
        while (end < text.length()) {
            end = text.length() > LONG ? end : breakBefore(text, end, perRow);
            if (end < text.length()) {
                starts[rows++] = end;
            }
            end += perRow;
        }
        return new LineRows(Arrays.copyOf(starts, rows));
    }

    /// Behind the last space of a row, unless that leaves half of it empty; a space right behind a full row is its own.
    private static int breakBefore(String text, int end, int perRow) {
        if (text.charAt(end) == ' ') {
            return end + 1;
        }
        int space = text.lastIndexOf(' ', end - 1);
        return space >= end - perRow / 2 ? space + 1 : end;
    }

    int count() {
        return starts.length;
    }

    /// The first column of a row.
    int start(int row) {
        return starts[row];
    }

    /// The first column that is no longer in a row; the last row has no end.
    int end(int row) {
        return row + 1 < starts.length ? starts[row + 1] : Integer.MAX_VALUE;
    }

    /// The row of a column.
    int at(int column) {
        int found = Arrays.binarySearch(starts, column);
        return found >= 0 ? found : -found - 2;
    }
}
