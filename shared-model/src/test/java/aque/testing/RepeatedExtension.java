package aque.testing;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/// Runs a [Repeated] test so many times.
final class RepeatedExtension implements TestTemplateInvocationContextProvider {
    private static final int TIMES = Integer.getInteger("aque.test.repeat", 1);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return IntStream.rangeClosed(1, TIMES).mapToObj(i -> new TestTemplateInvocationContext() {
            @Override
            public String getDisplayName(int index) {
                return index + " of " + TIMES;
            }
        });
    }
}
