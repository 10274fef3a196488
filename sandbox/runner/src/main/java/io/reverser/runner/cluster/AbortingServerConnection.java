package io.reverser.runner.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A client's connection to the load balancer. It closes when the pod's response is truncated; otherwise, the final
 * chunk would mark the response as complete.
 */
final class AbortingServerConnection extends DefaultBHttpServerConnection {

    private AbortingServerConnection() {
        super("http", null);
    }

    static AbortingServerConnection of(Socket socket) throws IOException {
        var connection = new AbortingServerConnection();
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
                        AbortingServerConnection.this.close();
                        throw cut;
                    }
                }
            });
        }
        super.sendResponseEntity(response);
    }
}
