package aque.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
final class PostgresExtensionTest {
    @Test
    void everyTestHasAnEmptyDatabaseOfItsOwn(TestDatabase one, TestDatabase other) throws SQLException {
        run(one, "CREATE TABLE t (x int)");
        run(other, "CREATE TABLE t (x int)");
        assertThat(one.name()).isNotEqualTo(other.name());
    }

    @Test
    void aCopyHoldsWhatItsTemplateHeld(TestDatabase template) throws SQLException {
        run(template, "CREATE TABLE t AS SELECT 42 AS x");
        try (var connection = PostgresExtension.copyOf(template).connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT x FROM t")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
    }

    private static void run(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
