package aque.openjd;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// What a job may be told: one parameter with its limits and how to ask for it.
///
/// @param line where the definition starts in its file
/// @param allowedValues as written; empty when any value goes
/// @param min of the number, or of the length of a text
/// @param max of the number, or of the length of a text
/// @param objectType means something for PATH only
/// @param dataFlow means something for PATH only
public record ParameterDefinition(
        int line,
        String name,
        ParameterType type,
        Optional<String> description,
        Optional<String> defaultValue,
        List<String> allowedValues,
        Optional<BigDecimal> min,
        Optional<BigDecimal> max,
        ObjectType objectType,
        DataFlow dataFlow,
        UserInterface userInterface) {

    /// What a PATH points to.
    public enum ObjectType {
        FILE,
        DIRECTORY
    }

    /// Whether the job reads or writes what a PATH points to.
    public enum DataFlow {
        NONE,
        IN,
        OUT,
        INOUT
    }

    public ParameterDefinition {
        allowedValues = List.copyOf(allowedValues);
    }

    /// A line of text that must be given, for what is no template but asks something too.
    public static ParameterDefinition line(String name, String description) {
        return new ParameterDefinition(
                0,
                name,
                ParameterType.STRING,
                Optional.of(description),
                Optional.empty(),
                List.of(),
                Optional.of(BigDecimal.ONE),
                Optional.empty(),
                ObjectType.FILE,
                DataFlow.NONE,
                new UserInterface(
                        UserInterface.Control.LINE_EDIT,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty()));
    }

    /// Why a value is refused, in words that follow `parameter NAME`; empty when it is fine.
    public Optional<String> refusal(String value) {
        return Constraints.refusal(this, value);
    }

    ParameterDefinition withConstraints(
            Optional<String> defaultValue,
            List<String> allowedValues,
            Optional<BigDecimal> min,
            Optional<BigDecimal> max) {
        return new ParameterDefinition(
                line,
                name,
                type,
                description,
                defaultValue,
                allowedValues,
                min,
                max,
                objectType,
                dataFlow,
                userInterface);
    }
}
