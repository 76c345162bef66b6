package dev.ppe.server;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;

/** A stream's transport that a test plays: it takes as many messages as there is room for. */
class PlayedTransport extends ServerCallStreamObserver<byte[]> {
  final List<byte[]> sent = new ArrayList<>();
  int room;
  int requested;
  Runnable onReady = () -> {};
  Runnable onCancel = () -> {};
  Runnable onClose = () -> {};
  Status end;

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    onCancel = handler;
  }

  @Override
  public void setOnCloseHandler(Runnable handler) {
    onClose = handler;
  }

  @Override
  public void setOnReadyThreshold(int bytes) {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public boolean isReady() {
    return room > 0;
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    onReady = handler;
  }

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void disableAutoRequest() {}

  @Override
  public void request(int count) {
    requested += count;
  }

  @Override
  public void setMessageCompression(boolean enable) {}

  @Override
  public void onNext(byte[] value) {
    sent.add(value);
    room--;
  }

  @Override
  public void onError(Throwable failure) {
    end = Status.fromThrowable(failure);
  }

  @Override
  public void onCompleted() {
    end = Status.OK;
  }
}
