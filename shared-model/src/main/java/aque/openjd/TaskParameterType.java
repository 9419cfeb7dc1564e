package aque.openjd;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/// The type of a task parameter.
public enum TaskParameterType {
    STRING("STRING"),
    PATH("PATH"),
    INT("INT"),
    FLOAT("FLOAT"),
    /// A range expression that stands for several values of one parameter in one task.
    @JsonProperty("CHUNK[INT]")
    CHUNK_INT("CHUNK[INT]");

    private final String word;

    TaskParameterType(String word) {
        this.word = word;
    }

    /// The specification's word for it.
    public String word() {
        return word;
    }

    static Optional<TaskParameterType> of(String word) {
        for (var type : values()) {
            if (type.word.equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
