package io.reverser.simulators.aws.lambda;

import io.reverser.clock.MovableClock;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;

/**
 * The unpacked deployment package of a Lambda function.
 *
 * @param name the function's name, which is part of its ARN and of the name of its log
 * @param folder the folder with the function's code
 * @param handler the class and method that Lambda calls, such as {@code org.example.Function::handleRequest}
 */
public record FunctionPackage(String name, Path folder, String handler) {

    /** The handler of each deployment package that Quarkus built. */
    public static final String QUARKUS_HANDLER = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

    private static final List<String> RUNTIME_CLIENT_JARS = List.of(
            "aws-lambda-java-runtime-interface-client",
            "aws-lambda-java-core",
            "aws-lambda-java-serialization",
            "utils-lite");

    /**
     * Unpacks the deployment package of a function.
     *
     * @param zip the deployment package
     * @param home the parent of the folder for the function's code
     */
    public static FunctionPackage unzip(String name, Path zip, Path home, String handler) {
        Path folder = home.toAbsolutePath().resolve(name);
        try (var entries = new ZipInputStream(Files.newInputStream(zip))) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("The package has an entry outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(entries, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot unpack the function: " + zip, failure);
        }
        return new FunctionPackage(name, folder, handler);
    }

    /** The class path of the function's process: the function's code, AWS's runtime client, and the movable clock. */
    String classPath() {
        var path = new ArrayList<>(List.of(
                folder.toString(), folder.resolve("lib") + "/*", clockLocation().toString()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (RUNTIME_CLIENT_JARS.stream().anyMatch(entry::contains)) {
                path.add(entry);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private static Path clockLocation() {
        try {
            return Path.of(MovableClock.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
