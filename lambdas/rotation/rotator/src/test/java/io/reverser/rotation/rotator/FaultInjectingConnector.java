package io.reverser.rotation.rotator;

import io.reverser.rotation.rotator.database.Database;
import io.reverser.simulators.fault.FaultInjector;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Injects faults into connections to real databases, before or after the effect of a statement. Calls
 * are named like {@code Database.connect}, {@code Database.ALTER USER}.
 */
final class FaultInjectingConnector implements Database.Connector {

    private static final Pattern WORDS = Pattern.compile("\\s*(\\w+(?: (?:USER|GRANTS|GET_LOCK))?).*", Pattern.DOTALL);
    private static final Pattern ACCOUNT_CHANGE = Pattern.compile("Database\\.(?!connect|SELECT|SHOW)");
    private static final String LOST = "08S01";

    private final FaultInjector faults;
    private final AtomicInteger accountChanges = new AtomicInteger();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();

    FaultInjectingConnector(FaultInjector faults) {
        this.faults = faults;
    }

    /** Makes the next call of this name fail with this error code of the server. */
    void refuse(String call, int error) {
        refused.put(call, error);
    }

    /** The number of statements so far that may have changed a login. */
    int accountChanges() {
        return accountChanges.get();
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        Connection connection = callWithFaults("Database.connect", () -> DriverManager.getConnection(url, properties));
        return proxy(Connection.class, connection, "");
    }

    private interface SqlCall<T extends @Nullable Object> {
        T call() throws SQLException;
    }

    private <T extends @Nullable Object> T callWithFaults(String call, SqlCall<T> action) throws SQLException {
        Optional<Fault> fault = faults.nextFault(call);
        Integer error = refused.remove(call);
        if (error != null) {
            throw new SQLException("An error of the server, which quotes the statement", "HY000", error);
        }
        if (fault.filter(one -> one == Fault.ERROR_BEFORE_EFFECT
                        || one == Fault.DISCONNECT_BEFORE_EFFECT
                        || one == Fault.THROTTLE)
                .isPresent()) {
            throw connectionLost();
        }
        if (ACCOUNT_CHANGE.matcher(call).lookingAt()) {
            accountChanges.incrementAndGet();
        }
        T result = action.call();
        faults.onEffect(call);
        if (fault.isPresent()) {
            throw connectionLost();
        }
        return result;
    }

    private static SQLException connectionLost() {
        return new SQLException("Lost connection", LOST, 0);
    }

    /** Wraps a connection or a statement, to inject faults into its calls. */
    private <T> T proxy(Class<T> type, T real, String sql) {
        return type.cast(Proxy.newProxyInstance(
                FaultInjectingConnector.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(real, method, arguments, sql)));
    }

    private @Nullable Object call(Object real, Method method, Object @Nullable [] arguments, String sql)
            throws Throwable {
        String text = arguments != null && arguments.length > 0 && arguments[0] instanceof String given ? given : sql;
        if (method.getName().startsWith("execute")) {
            return callWithFaults("Database." + words(text), () -> invoke(real, method, arguments));
        }
        Object result = invoke(real, method, arguments);
        return switch (result) {
            case PreparedStatement statement -> proxy(PreparedStatement.class, statement, text);
            case Statement statement -> proxy(Statement.class, statement, text);
            case null, default -> result;
        };
    }

    private static @Nullable Object invoke(Object real, Method method, Object @Nullable [] arguments)
            throws SQLException {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof SQLException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(failure);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String words(String sql) {
        Matcher words = WORDS.matcher(sql);
        String end =
                sql.endsWith("RETAIN CURRENT PASSWORD") ? " RETAIN" : sql.endsWith("OLD PASSWORD") ? " DISCARD" : "";
        return words.matches() ? words.group(1) + end : sql;
    }
}
