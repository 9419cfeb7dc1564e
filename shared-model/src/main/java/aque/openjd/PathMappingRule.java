package aque.openjd;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Paths under `sourcePath`, written as on the machine that submitted, are under `destinationPath` on the worker.
public record PathMappingRule(
        @JsonProperty("source_path_format") Format sourceFormat,
        @JsonProperty("source_path") String sourcePath,
        @JsonProperty("destination_path") String destinationPath) {

    /// How the source path is written.
    public enum Format {
        POSIX,
        WINDOWS;

        boolean separates(char c) {
            return c == '/' || this == WINDOWS && c == '\\';
        }

        boolean same(String one, String two) {
            return this == WINDOWS ? one.equalsIgnoreCase(two) : one.equals(two);
        }
    }

    /// A path in its parts; `.` and doubled separators mean nothing.
    private record Parts(int root, List<String> names, boolean endsOpen) {}

    int depth() {
        return parts(sourcePath).names().size();
    }

    /// The mapped path with the given separator, or empty when the rule does not apply.
    Optional<String> apply(String path, char separator) {
        var source = parts(sourcePath);
        var given = parts(path);
        var depth = source.names().size();
        if (given.root() != source.root() || given.names().size() < depth) {
            return Optional.empty();
        }
        for (int i = 0; i < depth; i++) {
            if (!sourceFormat.same(source.names().get(i), given.names().get(i))) {
                return Optional.empty();
            }
        }
        var rest = given.names().subList(depth, given.names().size());
        return Optional.of(join(rest, given.endsOpen(), separator));
    }

    private String join(List<String> rest, boolean endsOpen, char separator) {
        var mapped = new StringBuilder(destinationPath);
        var ends = destinationPath.endsWith("/") || destinationPath.endsWith("" + separator);
        if (ends && (!rest.isEmpty() || endsOpen)) {
            mapped.setLength(mapped.length() - 1);
        }
        rest.forEach(name -> mapped.append(separator).append(name));
        if (endsOpen) {
            mapped.append(separator);
        }
        return mapped.toString();
    }

    private Parts parts(String path) {
        var names = new ArrayList<String>();
        var start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || sourceFormat.separates(path.charAt(i))) {
                var name = path.substring(start, i);
                if (!name.isEmpty() && !name.equals(".")) {
                    names.add(name);
                }
                start = i + 1;
            }
        }
        return new Parts(root(path), names, !path.isEmpty() && sourceFormat.separates(path.charAt(path.length() - 1)));
    }

    /// Leading separators: none, one, or the two of a Windows share.
    private int root(String path) {
        var count = 0;
        while (count < path.length() && count < 2 && sourceFormat.separates(path.charAt(count))) {
            count++;
        }
        return sourceFormat == Format.POSIX ? Math.min(count, 1) : count;
    }
}
