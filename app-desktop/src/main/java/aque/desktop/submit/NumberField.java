package aque.desktop.submit;

import aque.openjd.ParameterDefinition;
import aque.openjd.ParameterType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.util.converter.DefaultStringConverter;

/// A number with arrows, which step as the template says and stay within its bounds. Anything can be typed: what is no
/// number is refused beside the field, as in every other. FX thread.
final class NumberField extends Spinner<String> {
    private final ParameterDefinition parameter;

    NumberField(ParameterDefinition parameter, String value) {
        this.parameter = parameter;
        var steps = new Steps();
        steps.setConverter(new DefaultStringConverter());
        steps.setValue(value);
        setValueFactory(steps);
        setEditable(true);
    }

    private final class Steps extends SpinnerValueFactory<String> {
        @Override
        public void decrement(int steps) {
            move(-steps);
        }

        @Override
        public void increment(int steps) {
            move(steps);
        }

        /// From what stands in the field, which may not be its value yet.
        private void move(int steps) {
            var now = number(getEditor().getText());
            var next = now.map(from -> from.add(step(from).multiply(BigDecimal.valueOf(steps))))
                    .orElseGet(() -> parameter.min().orElse(BigDecimal.ZERO));
            var text = written(within(next));
            setValue(text);
            getEditor().setText(text);
        }
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Where the template says nothing a whole number goes by one, another by a tenth of its own size.
    private BigDecimal step(BigDecimal from) {
        var asked = parameter.userInterface();
        return asked.step().orElseGet(() -> {
            if (parameter.type() == ParameterType.INT) {
                return BigDecimal.ONE;
            }
            return BigDecimal.ONE.scaleByPowerOfTen(
                    asked.decimals().map(places -> -places).orElse(from.precision() - from.scale() - 2));
        });
    }

    private BigDecimal within(BigDecimal number) {
        var least = parameter.min().map(number::max).orElse(number);
        return parameter.max().map(least::min).orElse(least);
    }

    private String written(BigDecimal number) {
        return parameter
                .userInterface()
                .decimals()
                .filter(places -> parameter.type() != ParameterType.INT)
                .map(places -> number.setScale(places, RoundingMode.HALF_UP))
                .orElse(number)
                .toPlainString();
    }
}
