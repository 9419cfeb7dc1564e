package aque.openjd;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// How a form asks for a parameter. The control is always filled in, also when the template leaves it to the rules.
///
/// @param decimals places after the point that can be edited
/// @param step how much one click changes
/// @param filters of a file dialog
public record UserInterface(
        Control control,
        Optional<String> label,
        Optional<String> group,
        Optional<Integer> decimals,
        Optional<BigDecimal> step,
        List<FileFilter> filters,
        Optional<FileFilter> defaultFilter) {

    /// The widgets of the specification.
    public enum Control {
        LINE_EDIT,
        MULTILINE_EDIT,
        DROPDOWN_LIST,
        CHECK_BOX,
        SPIN_BOX,
        CHOOSE_INPUT_FILE,
        CHOOSE_OUTPUT_FILE,
        CHOOSE_DIRECTORY,
        HIDDEN
    }

    /// A kind of file with its patterns, such as `*.exr`.
    public record FileFilter(String label, List<String> patterns) {
        public FileFilter {
            patterns = List.copyOf(patterns);
        }
    }

    public UserInterface {
        filters = List.copyOf(filters);
    }
}
