"""The process that runs the local model, so that no window and no loop waits for it.

It reads questions from its standard input and writes answers to its standard output, in
the order in which they are ready. Two threads are kept for who is waiting now, the others
index; all share one model, which leaves the interpreter free while it computes. It ends
when its input ends, whatever it is doing: also when whoever started it was killed.
"""

import os
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from core.domain.errors import ModelDown
from core.llm import minilm
from core.llm.embed_frames import AT_ONCE, Question, Reply, Status, Urgency, read_frame


class _Desk:
    """Answers questions; its methods run in every thread."""

    def __init__(self, folder: Path, answers: BinaryIO) -> None:
        self._folder = folder
        self._answers = answers
        self._writing = threading.Lock()
        self._loading = threading.Lock()
        self._model: minilm.MiniLM | None = None
        self.lanes = {urgency: SimpleQueue[Question]() for urgency in Urgency}

    def work(self, urgency: Urgency) -> None:
        """Answer the questions of one lane for ever."""
        while True:
            reply = self._reply(self.lanes[urgency].get()).pack()
            with self._writing:
                try:
                    self._answers.write(reply)
                    self._answers.flush()
                except BrokenPipeError:
                    os._exit(0)  # nobody listens any more

    def _reply(self, question: Question) -> Reply:
        try:
            model = self._loaded()
        except ModelDown:
            return Reply(number=question.number, status=Status.NOT_LOADED, vector=[])
        return Reply(number=question.number, vector=model.vector(question.text))

    def _loaded(self) -> minilm.MiniLM:
        with self._loading:
            if self._model is None:
                self._model = minilm.load(self._folder)
            return self._model


def main(arguments: list[str]) -> None:
    """Serve the model in the given folder, with so many threads that index."""
    folder, indexing = arguments
    questions, answers = _private_streams()
    desk = _Desk(Path(folder), answers)
    threading.excepthook = _end
    lanes = [Urgency.NOW] * AT_ONCE + [Urgency.INDEXING] * int(indexing)
    for urgency in lanes:
        threading.Thread(target=desk.work, args=(urgency,), daemon=True).start()
    while (content := read_frame(questions)) is not None:
        question = Question.unpack(content)
        desk.lanes[question.urgency].put(question)
    # Not sys.exit: a run that is under way would be waited for, and nobody wants it.
    os._exit(0)


def _end(bug: threading.ExceptHookArgs) -> None:
    """End with the thread that failed.

    A worker with a lane missing would leave questions unanswered for ever; its end is
    seen at once, and another one takes its place.
    """
    threading.__excepthook__(bug)
    os._exit(1)


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Take standard input and output for the frames alone.

    What a library prints goes to standard error instead of between two answers.
    """
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return questions, answers


if __name__ == "__main__":
    main(sys.argv[1:])
