package io.reverser.runner;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A caller's connection. It is cut when an answer was cut; otherwise its last chunk would say that the answer is whole. */
final class CallerConnection extends DefaultBHttpServerConnection {

    private CallerConnection() {
        super("http", null);
    }

    static CallerConnection of(Socket socket) throws IOException {
        var connection = new CallerConnection();
        connection.bind(socket);
        return connection;
    }

    @Override
    public void sendResponseEntity(ClassicHttpResponse response) throws HttpException, IOException {
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            response.setEntity(new HttpEntityWrapper(entity) {
                @Override
                public void writeTo(OutputStream out) throws IOException {
                    try {
                        super.writeTo(out);
                    } catch (IOException cut) {
                        CallerConnection.this.close();
                        throw cut;
                    }
                }
            });
        }
        super.sendResponseEntity(response);
    }
}
