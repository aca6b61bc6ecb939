<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AnswerTable</name>
    <message>
        <source>≠ differ</source>
        <translation>≠ uneins</translation>
    </message>
    <message>
        <source>= agree</source>
        <translation>= einig</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
</context>
<context>
    <name>BlockLegend</name>
    <message>
        <source>not zero</source>
        <translation>nicht null</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>null</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>mean magnitude, 0 to the largest</source>
        <translation>mittlerer Betrag, 0 bis zum größten</translation>
    </message>
</context>
<context>
    <name>BlockMask</name>
    <message>
        <source>Weight matrix</source>
        <translation>Gewichtsmatrix</translation>
    </message>
    <message>
        <source>row %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>weight %1</source>
        <translation>Gewicht %1</translation>
    </message>
    <message>
        <source>%1 zero</source>
        <translation>%1 null</translation>
    </message>
    <message>
        <source>mean magnitude %1</source>
        <translation>mittlerer Betrag %1</translation>
    </message>
    <message>
        <source>%1 of it removed</source>
        <translation>%1 davon entfernt</translation>
    </message>
    <message>
        <source>%1 (head %2)</source>
        <translation>%1 (Head %2)</translation>
    </message>
    <message>
        <source>%1, %2 rows and %3 columns, shown %4 times as large</source>
        <translation>%1, %2 Zeilen und %3 Spalten, %4-fach vergrößert</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation>Daten kopieren</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>Als PNG speichern…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>Als SVG speichern…</translation>
    </message>
    <message>
        <source>Save data as CSV…</source>
        <translation>Daten als CSV speichern…</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>Diagramm speichern</translation>
    </message>
</context>
<context>
    <name>ColumnMapping</name>
    <message>
        <source>Text column</source>
        <translation>Textspalte</translation>
    </message>
    <message>
        <source>Second text</source>
        <translation>Zweiter Text</translation>
    </message>
    <message>
        <source>Label column</source>
        <translation>Label-Spalte</translation>
    </message>
    <message>
        <source>Use this data</source>
        <translation>Diese Daten verwenden</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Second text (pairs)</source>
        <translation>Zweiter Text (Paare)</translation>
    </message>
    <message>
        <source>Columns of %1</source>
        <translation>Spalten von %1</translation>
    </message>
    <message>
        <source>The columns are read when the job runs: type their names.</source>
        <translation>Die Spalten werden erst im Job gelesen: ihre Namen bitte eintippen.</translation>
    </message>
    <message>
        <source>Labels are ids or one of: %1</source>
        <translation>Labels sind Nummern oder eines von: %1</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>%1 against %2; dashed: the Pareto front</source>
        <translation>%1 gegen %2; gestrichelt: die Pareto-Front</translation>
    </message>
    <message>
        <source>Where they differ</source>
        <translation>Wo sie sich unterscheiden</translation>
    </message>
    <message>
        <source>Bars: %1</source>
        <translation>Balken: %1</translation>
    </message>
    <message>
        <source>Layer by layer</source>
        <translation>Schicht für Schicht</translation>
    </message>
    <message>
        <source>Compare models</source>
        <translation>Modelle vergleichen</translation>
    </message>
    <message>
        <source>Choose two to eight models to see their size, speed and accuracy, the inputs on which they differ, and their layers side by side.</source>
        <translation>Zwei bis acht Modelle wählen: Größe, Tempo und Genauigkeit, die Eingaben, bei denen sie uneins sind, und ihre Schichten stehen nebeneinander.</translation>
    </message>
    <message>
        <source>Add a model…</source>
        <translation>Modell hinzufügen…</translation>
    </message>
    <message>
        <source>Compare a model with its variants</source>
        <translation>Ein Modell mit dem vergleichen, was daraus wurde</translation>
    </message>
    <message>
        <source>There is one model so far. Compress it, and its variant appears here beside it: what it saves, what it costs in accuracy, and which inputs it answers differently.</source>
        <translation>Bisher gibt es ein Modell. Nach dem Komprimieren steht die Variante hier daneben: was sie spart, was sie an Genauigkeit kostet und bei welchen Eingaben sie anders antwortet.</translation>
    </message>
    <message>
        <source>Compress it</source>
        <translation>Komprimieren</translation>
    </message>
    <message>
        <source>Size, speed and accuracy of several models, the inputs on which they differ, and their layers appear here side by side. There is no model yet.</source>
        <translation>Größe, Tempo und Genauigkeit mehrerer Modelle, die Eingaben, bei denen sie uneins sind, und ihre Schichten stehen hier nebeneinander. Noch gibt es kein Modell.</translation>
    </message>
    <message>
        <source>Add a model on the page Models</source>
        <translation>Auf der Seite Modelle eines hinzufügen</translation>
    </message>
    <message>
        <source>Answers, bars or layers</source>
        <translation>Antworten, Balken oder Schichten</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
</context>
<context>
    <name>ComparePresenter</name>
    <message>
        <source>The report is saved.</source>
        <translation>Der Bericht ist gespeichert.</translation>
    </message>
</context>
<context>
    <name>CompareReport</name>
    <message>
        <source>Parameters per layer</source>
        <translation>Parameter je Schicht</translation>
    </message>
    <message>
        <source>Heads kept per layer</source>
        <translation>Behaltene Heads je Schicht</translation>
    </message>
    <message>
        <source>Neurons kept per layer</source>
        <translation>Behaltene Neuronen je Schicht</translation>
    </message>
    <message>
        <source>Time per layer</source>
        <translation>Zeit je Schicht</translation>
    </message>
    <message>
        <source>Error of each layer&apos;s output</source>
        <translation>Fehler der Ausgabe jeder Schicht</translation>
    </message>
    <message>
        <source>Comparison: %1</source>
        <translation>Vergleich: %1</translation>
    </message>
    <message>
        <source>Written by Whittle on %1 UTC. The reference is %2.</source>
        <translation>Von Whittle geschrieben am %1 UTC. Die Referenz ist %2.</translation>
    </message>
    <message>
        <source>Speed measured under: %1</source>
        <translation>Tempo gemessen unter: %1</translation>
    </message>
    <message>
        <source>Accuracy measured on: %1</source>
        <translation>Genauigkeit gemessen auf: %1</translation>
    </message>
    <message>
        <source>Dataset, sha256: %1</source>
        <translation>Datensatz, sha256: %1</translation>
    </message>
    <message>
        <source>Library versions behind the figures: %1</source>
        <translation>Bibliotheksversionen hinter den Werten: %1</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>★ is the best of its row; × and pp are against the reference; ± is the 95 % interval.</source>
        <translation>★ ist der beste Wert der Zeile; × und pp gelten gegenüber der Referenz; ± ist das 95-%-Intervall.</translation>
    </message>
    <message>
        <source>What they are</source>
        <translation>Was sie sind</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Außerhalb</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>%1 of %2 inputs of %3; ✗ marks a wrong answer.</source>
        <translation>%1 von %2 Eingaben aus %3; ✗ markiert eine falsche Antwort.</translation>
    </message>
    <message>
        <source>%1 The first %2 of them:</source>
        <translation>%1 Die ersten %2 davon:</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>Wahrheit</translation>
    </message>
    <message>
        <source>Where they differ</source>
        <translation>Wo sie sich unterscheiden</translation>
    </message>
</context>
<context>
    <name>CompareWording</name>
    <message>
        <source>%1 (%2) · %3 %4</source>
        <translation>%1 (%2) · %3 %4</translation>
    </message>
    <message>
        <source>%1 models</source>
        <translation>%1 Modelle</translation>
    </message>
    <message>
        <source>%1, nothing measured of them yet</source>
        <translation>%1, daran noch nichts gemessen</translation>
    </message>
    <message>
        <source>%1, newest figure of %2 UTC</source>
        <translation>%1, neuester Wert von %2 UTC</translation>
    </message>
    <message>
        <source>No model reaches %1.</source>
        <translation>Kein Modell erreicht %1.</translation>
    </message>
    <message>
        <source>No model keeps to %1.</source>
        <translation>Kein Modell bleibt unter %1.</translation>
    </message>
    <message>
        <source>Best from %1: %2, %3 at %4</source>
        <translation>Bestes ab %1: %2, %3 bei %4</translation>
    </message>
    <message>
        <source>Best within %1: %2, %3 at %4</source>
        <translation>Bestes bis %1: %2, %3 bei %4</translation>
    </message>
    <message>
        <source>Reading the last comparison…</source>
        <translation>Der letzte Vergleich wird gelesen…</translation>
    </message>
    <message>
        <source>Single answers are not known yet: “Measure these” asks all models about the same inputs and lists where they differ.</source>
        <translation>Von einzelnen Antworten ist noch nichts bekannt: „Diese messen“ stellt allen Modellen dieselben Eingaben und listet die auf, bei denen sie uneins sind.</translation>
    </message>
    <message>
        <source>%1 of %2 inputs of %3 · %4 · %5 UTC</source>
        <translation>%1 von %2 Eingaben aus %3 · %4 · %5 UTC</translation>
    </message>
    <message>
        <source>All models answer all %2 inputs of %3 alike · %4 · %5 UTC</source>
        <translation>Alle beantworten alle %2 Eingaben aus %3 gleich · %4 · %5 UTC</translation>
    </message>
    <message>
        <source>%1 · an earlier version kept the first %2 of %3 alone</source>
        <translation>%1 · eine frühere Version behielt nur die ersten %2 von %3</translation>
    </message>
    <message>
        <source>Not known of an IR alone: %1</source>
        <translation>Bei einer bloßen IR nicht bekannt: %1</translation>
    </message>
    <message>
        <source>Not measured: “Measure these” takes time and error of each layer.</source>
        <translation>Nicht gemessen: „Diese messen“ nimmt Zeit und Fehler jeder Schicht auf.</translation>
    </message>
    <message>
        <source>An earlier version did not measure layers: “Measure these” does.</source>
        <translation>Eine frühere Version maß keine Schichten: „Diese messen“ tut es.</translation>
    </message>
    <message>
        <source>Measured against another reference: make it the first again, or measure again.</source>
        <translation>Gegen eine andere Referenz gemessen: sie wieder an die erste Stelle setzen oder neu messen.</translation>
    </message>
    <message>
        <source>Counted by the device while it runs, which takes time itself · %1 UTC</source>
        <translation>Vom Gerät beim Laufen gezählt, was selbst Zeit kostet · %1 UTC</translation>
    </message>
    <message>
        <source>Distance of each layer&apos;s output from that of the reference, relative · %1 UTC</source>
        <translation>Abstand der Ausgabe jeder Schicht von der der Referenz, relativ · %1 UTC</translation>
    </message>
    <message>
        <source>%1 not measured: %2</source>
        <translation>%1 nicht gemessen: %2</translation>
    </message>
</context>
<context>
    <name>ComparisonTable</name>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Paired difference</source>
        <translation>Gepaarte Differenz</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <source>p50 latency</source>
        <translation>p50-Latenz</translation>
    </message>
    <message>
        <source>p95 latency</source>
        <translation>p95-Latenz</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Checkpoint size</source>
        <translation>Größe des Checkpoints</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Heads kept</source>
        <translation>Heads behalten</translation>
    </message>
    <message>
        <source>Neurons kept</source>
        <translation>Neuronen behalten</translation>
    </message>
    <message>
        <source>Linear sparsity</source>
        <translation>Sparsity linear</translation>
    </message>
    <message>
        <source>Load time</source>
        <translation>Ladezeit</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>Speicherspitze</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>Entstanden aus</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>%1 (reference)</source>
        <translation>%1 (Referenz)</translation>
    </message>
    <message>
        <source>not measured here</source>
        <translation>hier nicht gemessen</translation>
    </message>
    <message>
        <source>%1 against the reference</source>
        <translation>%1 gegenüber der Referenz</translation>
    </message>
    <message>
        <source>best</source>
        <translation>bester Wert</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 gegenüber %2</translation>
    </message>
    <message>
        <source>Accuracy minus that of the reference on the same inputs, 95 % interval</source>
        <translation>Genauigkeit minus der der Referenz auf denselben Eingaben, 95-%-Intervall</translation>
    </message>
    <message>
        <source>Share of the inputs that both answer alike, 95 % interval</source>
        <translation>Anteil der Eingaben, die beide gleich beantworten, 95-%-Intervall</translation>
    </message>
    <message>
        <source>Not measured</source>
        <translation>Nicht gemessen</translation>
    </message>
    <message>
        <source>Not measured: “Measure these” compares the answers of these models</source>
        <translation>Nicht gemessen: „Diese messen“ vergleicht die Antworten dieser Modelle</translation>
    </message>
    <message>
        <source>Not measured under the chosen conditions; “Measure these” does it</source>
        <translation>Unter den gewählten Bedingungen nicht gemessen; „Diese messen“ tut es</translation>
    </message>
</context>
<context>
    <name>CompressData</name>
    <message>
        <source>Choose the training data to see how it looks to the model.</source>
        <translation>Trainingsdaten wählen, um zu sehen, wie sie für das Modell aussehen.</translation>
    </message>
    <message>
        <source>A model is needed to see its tokens: add one on the page Models.</source>
        <translation>Für die Tokens braucht es ein Modell: auf der Seite Modelle eines hinzufügen.</translation>
    </message>
    <message>
        <source>Reading and tokenizing the training data…</source>
        <translation>Trainingsdaten werden gelesen und tokenisiert…</translation>
    </message>
    <message>
        <source>Of middling length</source>
        <translation>Mittlere Länge</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>Lang</translation>
    </message>
    <message>
        <source>The longest</source>
        <translation>Der längste</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Tokens</translation>
    </message>
    <message>
        <source>%1, %2 of them cut</source>
        <translation>%1, davon %2 abgeschnitten</translation>
    </message>
    <message>
        <source>%1 of the sentences (%2) are longer than %3 tokens and are cut.</source>
        <translation>%1 der Sätze (%2) sind länger als %3 Tokens und werden gekürzt.</translation>
    </message>
    <message>
        <source>None is cut: the longest has %4 tokens, and %3 are kept.</source>
        <translation>Keiner wird gekürzt: der längste hat %4 Tokens, und %3 bleiben.</translation>
    </message>
    <message>
        <source>Counted on %1 sentences drawn from %2.</source>
        <translation>Gezählt an %1 Sätzen, gezogen aus %2.</translation>
    </message>
    <message>
        <source>the first %1</source>
        <translation>den ersten %1</translation>
    </message>
    <message>
        <source>No sentence at all for: %1.</source>
        <translation>Kein einziger Satz für: %1.</translation>
    </message>
    <message>
        <source>%1 of the sentences are of one class: always saying it would be right as often.</source>
        <translation>%1 der Sätze gehören zu einer Klasse: sie immer zu nennen wäre ebenso oft richtig.</translation>
    </message>
    <message>
        <source>Of all %1 sentences.</source>
        <translation>Von allen %1 Sätzen.</translation>
    </message>
    <message>
        <source>Of the first %1 sentences.</source>
        <translation>Von den ersten %1 Sätzen.</translation>
    </message>
</context>
<context>
    <name>CompressPage</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>Trainingsdaten</translation>
    </message>
    <message>
        <source>Evaluation data</source>
        <translation>Evaluationsdaten</translation>
    </message>
    <message>
        <source>Teacher</source>
        <translation>Teacher</translation>
    </message>
    <message>
        <source>Name of the variant</source>
        <translation>Name der Variante</translation>
    </message>
    <message>
        <source>Before it starts</source>
        <translation>Vor dem Start</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>Dasselbe als Befehl</translation>
    </message>
    <message>
        <source>Appears here once everything is chosen.</source>
        <translation>Steht hier, sobald alles gewählt ist.</translation>
    </message>
    <message>
        <source>Drop to use</source>
        <translation>Ablegen zum Verwenden</translation>
    </message>
    <message>
        <source>A recipe (.json), or data to train on (.csv, .tsv, .jsonl, .parquet)</source>
        <translation>Ein Rezept (.json) oder Trainingsdaten (.csv, .tsv, .jsonl, .parquet)</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Recipes of Whittle and configs of NNCF</source>
        <translation>Rezepte von Whittle und Konfigurationen von NNCF</translation>
    </message>
    <message>
        <source>Choose a recipe</source>
        <translation>Ein Rezept wählen</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>Das Rezept speichern</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>Rezepte</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>None: accuracy is not measured</source>
        <translation>Keine: die Genauigkeit wird nicht gemessen</translation>
    </message>
    <message>
        <source>The model itself, as it is now</source>
        <translation>Das Modell selbst, wie es jetzt ist</translation>
    </message>
    <message>
        <source>Ready to start.</source>
        <translation>Bereit zum Start.</translation>
    </message>
    <message>
        <source>Put this into the queue (Ctrl+Return)</source>
        <translation>In die Warteschlange stellen (Strg+Return)</translation>
    </message>
    <message>
        <source>Model and data</source>
        <translation>Modell und Daten</translation>
    </message>
    <message>
        <source>Training data: choose a file</source>
        <translation>Trainingsdaten: Datei wählen</translation>
    </message>
    <message>
        <source>Evaluation data: choose a file</source>
        <translation>Evaluationsdaten: Datei wählen</translation>
    </message>
    <message>
        <source>Labelled texts</source>
        <translation>Texte mit Labels</translation>
    </message>
    <message>
        <source>Choose a file of labelled texts</source>
        <translation>Eine Datei mit gelabelten Texten wählen</translation>
    </message>
</context>
<context>
    <name>CompressPresenter</name>
    <message>
        <source>The starter model is being imported… %1</source>
        <translation>Das Startmodell wird importiert… %1</translation>
    </message>
    <message>
        <source>There is no model to compress yet: add one on the page Models.</source>
        <translation>Noch kein Modell. Unter Modelle hinzufügen.</translation>
    </message>
    <message>
        <source>The JSON cannot be read: line %1.</source>
        <translation>Das JSON ist nicht lesbar: Zeile %1.</translation>
    </message>
    <message>
        <source>Choose a model first.</source>
        <translation>Zuerst ein Modell wählen.</translation>
    </message>
    <message>
        <source>Correct the marked settings first.</source>
        <translation>Zuerst die markierten Einstellungen berichtigen.</translation>
    </message>
    <message>
        <source>%1 settings need another value: see the marked ones.</source>
        <translation>%1 Einstellungen brauchen einen anderen Wert: siehe die markierten.</translation>
    </message>
    <message>
        <source>The command is on the clipboard.</source>
        <translation>Der Befehl ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The script is on the clipboard.</source>
        <translation>Das Skript ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Add a model, and make it small and fast here.</source>
        <translation>Hier wird ein Modell klein und schnell gemacht, sobald es eines gibt.</translation>
    </message>
    <message>
        <source>Choose the training data.</source>
        <translation>Trainingsdaten wählen.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft…</translation>
    </message>
</context>
<context>
    <name>CompressRecipe</name>
    <message>
        <source>The JSON has to be readable first: see the marked line.</source>
        <translation>Erst muss das JSON lesbar sein: siehe die markierte Zeile.</translation>
    </message>
    <message>
        <source>Correct the marked settings first: NNCF cannot express them.</source>
        <translation>Erst müssen die markierten Einstellungen stimmen: NNCF kann sie nicht ausdrücken.</translation>
    </message>
    <message>
        <source>The recipe cannot be read: %1.</source>
        <translation>Das Rezept ist nicht lesbar: %1.</translation>
    </message>
    <message>
        <source>The recipe was not saved: %1.</source>
        <translation>Das Rezept wurde nicht gespeichert: %1.</translation>
    </message>
    <message>
        <source>Choose another folder, or free some space.</source>
        <translation>Einen anderen Ordner wählen oder Platz schaffen.</translation>
    </message>
    <message>
        <source>The recipe is saved: %1</source>
        <translation>Das Rezept ist gespeichert: %1</translation>
    </message>
</context>
<context>
    <name>CompressWords</name>
    <message>
        <source>recommended</source>
        <translation>empfohlen</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>Eigenes</translation>
    </message>
    <message>
        <source>%1, changed by hand.</source>
        <translation>%1, von Hand geändert.</translation>
    </message>
    <message>
        <source>From the file %1.</source>
        <translation>Aus der Datei %1.</translation>
    </message>
    <message>
        <source>INT8</source>
        <translation>INT8</translation>
    </message>
    <message>
        <source>not quantized</source>
        <translation>nicht quantisiert</translation>
    </message>
    <message>
        <source>%1 epochs</source>
        <translation>%1 Epochen</translation>
    </message>
    <message>
        <source>%1 sentences</source>
        <translation>%1 Sätze</translation>
    </message>
    <message>
        <source>No fixed target</source>
        <translation>Kein festes Ziel</translation>
    </message>
    <message>
        <source>Removes %1</source>
        <translation>Entfernt %1</translation>
    </message>
    <message>
        <source>About %1 here</source>
        <translation>Hier etwa %1</translation>
    </message>
    <message>
        <source>Time not measured here yet</source>
        <translation>Zeit hier noch nicht gemessen</translation>
    </message>
    <message>
        <source>Nothing was made from these %1 parameters yet: take a quick look first.</source>
        <translation>Aus diesen %1 Parametern wurde noch nichts gemacht: erst sehen, was sie vertragen.</translation>
    </message>
    <message>
        <source>The quick look is done; this one trains on all %2 sentences.</source>
        <translation>Der schnelle Blick ist getan; dieses Rezept nutzt alle %2 Sätze.</translation>
    </message>
    <message>
        <source>It has made a variant of this model before.</source>
        <translation>Damit ist schon eine Variante dieses Modells entstanden.</translation>
    </message>
    <message>
        <source>With %2 sentences, longer training would only learn them by heart.</source>
        <translation>Bei %2 Sätzen würde längeres Training sie nur auswendig lernen.</translation>
    </message>
    <message>
        <source>The thorough one may take %3 h here.</source>
        <translation>Das gründliche kann hier %3 h dauern.</translation>
    </message>
    <message>
        <source>This CPU has neither VNNI nor AMX: INT8 gains less speed here.</source>
        <translation>Dieser Prozessor hat weder VNNI noch AMX: INT8 gewinnt hier weniger Tempo.</translation>
    </message>
    <message>
        <source>INT8 is fast on this CPU: %1.</source>
        <translation>INT8 ist auf diesem Prozessor schnell: %1.</translation>
    </message>
    <message>
        <source>%1 computes no INT8: pruning alone makes it faster there.</source>
        <translation>%1 rechnet nicht in INT8: dort macht allein das Beschneiden schneller.</translation>
    </message>
    <message>
        <source>%1 computes INT8.</source>
        <translation>%1 rechnet in INT8.</translation>
    </message>
    <message>
        <source>Not NNCF&apos;s own: %1</source>
        <translation>In NNCF nicht enthalten: %1</translation>
    </message>
    <message>
        <source>Sparsity and quantization; the rest stays as in the form.</source>
        <translation>Sparsity und Quantisierung; der Rest bleibt wie im Formular.</translation>
    </message>
</context>
<context>
    <name>ConfidenceBars</name>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
</context>
<context>
    <name>CurveChart</name>
    <message>
        <source>optimizer step</source>
        <translation>Optimierungsschritt</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>% of the run</source>
        <translation>% des Laufs</translation>
    </message>
    <message>
        <source>this run</source>
        <translation>dieser Lauf</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>Epoche %1</translation>
    </message>
    <message>
        <source>%1 % of the run</source>
        <translation>%1 % des Laufs</translation>
    </message>
</context>
<context>
    <name>DataPanel</name>
    <message>
        <source>Three sentences as the model gets them</source>
        <translation>Drei Sätze, wie das Modell sie bekommt</translation>
    </message>
    <message>
        <source>## goes on with a word · dashed: added by the tokenizer · struck: cut off</source>
        <translation>## setzt ein Wort fort · gestrichelt: vom Tokenizer ergänzt · durchgestrichen: abgeschnitten</translation>
    </message>
    <message>
        <source>Length of the sentences</source>
        <translation>Länge der Sätze</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
</context>
<context>
    <name>DesktopNotice</name>
    <message>
        <source>Whittle</source>
        <translation>Whittle</translation>
    </message>
</context>
<context>
    <name>DifferingTable</name>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>Wahrheit</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>falsch</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
</context>
<context>
    <name>DifferingView</name>
    <message>
        <source>Inputs on which the models differ</source>
        <translation>Eingaben, bei denen die Modelle uneins sind</translation>
    </message>
    <message>
        <source>Search the texts</source>
        <translation>Texte durchsuchen</translation>
    </message>
    <message>
        <source>Which inputs are shown</source>
        <translation>Welche Eingaben gezeigt werden</translation>
    </message>
    <message>
        <source>All that differ</source>
        <translation>Alle verschiedenen</translation>
    </message>
    <message>
        <source>Reference is right</source>
        <translation>Referenz hat recht</translation>
    </message>
    <message>
        <source>Reference is wrong</source>
        <translation>Referenz liegt falsch</translation>
    </message>
    <message>
        <source>%1 of them shown</source>
        <translation>%1 davon gezeigt</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Reset %1 to the recipe&apos;s value</source>
        <translation>%1 auf den Wert des Rezepts zurücksetzen</translation>
    </message>
    <message>
        <source>Reset to the recipe&apos;s value</source>
        <translation>Auf den Wert des Rezepts zurücksetzen</translation>
    </message>
</context>
<context>
    <name>FiguresCard</name>
    <message>
        <source>Figures</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>Differences only</source>
        <translation>Nur Unterschiede</translation>
    </message>
    <message>
        <source>Hide the rows in which all models are equal</source>
        <translation>Zeilen ausblenden, in denen alle Modelle gleich sind</translation>
    </message>
    <message>
        <source>What speed was measured under</source>
        <translation>Worunter das Tempo gemessen wurde</translation>
    </message>
    <message>
        <source>What accuracy was measured on</source>
        <translation>Worauf die Genauigkeit gemessen wurde</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Nothing that is known of these models differs. “Differences only” hides what is alike.</source>
        <translation>Was von diesen Modellen bekannt ist, unterscheidet sich nicht. „Nur Unterschiede“ blendet Gleiches aus.</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>Figures of the models</source>
        <translation>Messwerte der Modelle</translation>
    </message>
</context>
<context>
    <name>HeadBars</name>
    <message>
        <source>Heads per layer</source>
        <translation>Heads je Schicht</translation>
    </message>
    <message>
        <source>Heads kept per layer</source>
        <translation>Behaltene Heads je Schicht</translation>
    </message>
    <message>
        <source>L%1: %2 of %3 heads kept (%4)</source>
        <translation>L%1: %2 von %3 Heads behalten (%4)</translation>
    </message>
    <message>
        <source>%1 of %2 heads kept</source>
        <translation>%1 von %2 Heads behalten</translation>
    </message>
</context>
<context>
    <name>HeadHistory</name>
    <message>
        <source>Step that the map shows</source>
        <translation>Schritt, den die Karte zeigt</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neuester</translation>
    </message>
    <message>
        <source>Heads, layer by layer</source>
        <translation>Heads, Schicht für Schicht</translation>
    </message>
    <message>
        <source>Follow the run again</source>
        <translation>Dem Lauf wieder folgen</translation>
    </message>
    <message>
        <source>Arrow keys go from snapshot to snapshot, Space replays</source>
        <translation>Pfeiltasten gehen von Schnappschuss zu Schnappschuss, Leertaste spielt ab</translation>
    </message>
    <message>
        <source>Speed of the replay</source>
        <translation>Geschwindigkeit der Wiedergabe</translation>
    </message>
    <message>
        <source>Shade: importance. Struck through: removed.</source>
        <translation>Tönung: Wichtigkeit. Gestrichen: entfernt.</translation>
    </message>
    <message>
        <source>No snapshot of the heads yet.</source>
        <translation>Noch kein Schnappschuss der Heads.</translation>
    </message>
    <message>
        <source>%1 of %2 kept. Shade: importance. Struck through: removed.</source>
        <translation>%1 von %2 behalten. Tönung: Wichtigkeit. Gestrichen: entfernt.</translation>
    </message>
    <message>
        <source>final since step %1 of %2</source>
        <translation>endgültig ab Schritt %1 von %2</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>step %1 of %2 (now)</source>
        <translation>Schritt %1 von %2 (jetzt)</translation>
    </message>
    <message>
        <source>Stop the replay</source>
        <translation>Wiedergabe anhalten</translation>
    </message>
    <message>
        <source>Replay the run</source>
        <translation>Den Lauf abspielen</translation>
    </message>
</context>
<context>
    <name>HeadMap</name>
    <message>
        <source>Attention heads</source>
        <translation>Attention-Heads</translation>
    </message>
    <message>
        <source>Attention heads, layer by layer</source>
        <translation>Attention-Heads, Schicht für Schicht</translation>
    </message>
    <message>
        <source>%1 of %2 heads kept</source>
        <translation>%1 von %2 Heads behalten</translation>
    </message>
    <message>
        <source>neurons</source>
        <translation>Neuronen</translation>
    </message>
    <message>
        <source>L%1, head %2: kept</source>
        <translation>L%1, Head %2: behalten</translation>
    </message>
    <message>
        <source>L%1, head %2: removed</source>
        <translation>L%1, Head %2: entfernt</translation>
    </message>
    <message>
        <source>L%1, head %2: kept, more important than %3 % of the heads</source>
        <translation>L%1, Head %2: behalten, wichtiger als %3 % der Heads</translation>
    </message>
    <message>
        <source>L%1, head %2: removed, more important than %3 % of the heads</source>
        <translation>L%1, Head %2: entfernt, wichtiger als %3 % der Heads</translation>
    </message>
    <message>
        <source>L%1: %2 of %3 feed-forward neurons kept</source>
        <translation>L%1: %2 von %3 Feed-Forward-Neuronen behalten</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>More actions</source>
        <translation>Weitere Aktionen</translation>
    </message>
</context>
<context>
    <name>HelpPresenter</name>
    <message>
        <source>Help: %1</source>
        <translation>Hilfe: %1</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About Whittle</source>
        <translation>Über Whittle</translation>
    </message>
    <message>
        <source>Makes Transformers small and fast for OpenVINO, and shows what was cut away. Everything runs on this computer; nothing is sent anywhere.</source>
        <translation>Macht Transformer klein und schnell für OpenVINO und zeigt, was weggeschnitten wurde. Alles läuft auf diesem Rechner; nichts wird irgendwohin gesendet.</translation>
    </message>
    <message>
        <source>Licensed under the Apache License, Version 2.0.</source>
        <translation>Lizenziert unter der Apache License, Version 2.0.</translation>
    </message>
    <message>
        <source>It stands on</source>
        <translation>Worauf es aufbaut</translation>
    </message>
    <message>
        <source>Shortcuts of this page</source>
        <translation>Tastenkürzel dieser Seite</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
</context>
<context>
    <name>IntervalBars</name>
    <message>
        <source>Figures with intervals</source>
        <translation>Messwerte mit Intervallen</translation>
    </message>
    <message>
        <source>not measured here</source>
        <translation>hier nicht gemessen</translation>
    </message>
</context>
<context>
    <name>JobsPage</name>
    <message>
        <source>Compress a model</source>
        <translation>Ein Modell komprimieren</translation>
    </message>
    <message>
        <source>Discard “%1”?</source>
        <translation>„%1“ verwerfen?</translation>
    </message>
    <message>
        <source>Its checkpoints are removed from the disk, and it cannot go on any more. Its log stays. This cannot be undone.</source>
        <translation>Die Checkpoints werden vom Datenträger gelöscht, danach kann es nicht mehr weitergehen. Das Protokoll bleibt. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Show earlier jobs (%1)</source>
        <translation>Frühere Jobs zeigen (%1)</translation>
    </message>
    <message>
        <source>Hide earlier jobs</source>
        <translation>Frühere Jobs ausblenden</translation>
    </message>
    <message>
        <source>“%1” needs “%2”, which has to run before it.</source>
        <translation>„%1“ braucht „%2“, das vorher laufen muss.</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Was schiefging</translation>
    </message>
    <message>
        <source>Details of the failure</source>
        <translation>Einzelheiten des Fehlers</translation>
    </message>
    <message>
        <source>No jobs yet</source>
        <translation>Nichts läuft, wartet oder ist gelaufen</translation>
    </message>
    <message>
        <source>Imports and compressions appear here while they run: progress, curves and the map of attention heads, live. They can be paused, and resumed after a crash.</source>
        <translation>Importe und Kompressionen stehen hier, während sie arbeiten: Fortschritt, Kurven und die Karte der Attention-Heads, live. Sie lassen sich anhalten und gehen nach einem Absturz weiter.</translation>
    </message>
</context>
<context>
    <name>JsonPanel</name>
    <message>
        <source>The recipe as JSON</source>
        <translation>Das Rezept als JSON</translation>
    </message>
    <message>
        <source>Written as</source>
        <translation>Geschrieben als</translation>
    </message>
    <message>
        <source>Go to line</source>
        <translation>Zur Zeile gehen</translation>
    </message>
    <message>
        <source>Whittle recipe</source>
        <translation>Whittle-Rezept</translation>
    </message>
    <message>
        <source>NNCF config</source>
        <translation>NNCF-Konfiguration</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
</context>
<context>
    <name>LabelBalance</name>
    <message>
        <source>Sentences per class</source>
        <translation>Sätze je Klasse</translation>
    </message>
    <message>
        <source>%1: %2 of %3 sentences, %4</source>
        <translation>%1: %2 von %3 Sätzen, %4</translation>
    </message>
</context>
<context>
    <name>LayerBars</name>
    <message>
        <source>Parameters per layer</source>
        <translation>Parameter je Schicht</translation>
    </message>
    <message>
        <source>%1 in the layers, %2 before</source>
        <translation>%1 in den Schichten, vorher %2</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>Feed-Forward</translation>
    </message>
    <message>
        <source>other</source>
        <translation>Übriges</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
</context>
<context>
    <name>LayerTable</name>
    <message>
        <source>Outside</source>
        <translation>Außerhalb</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>Feed-Forward</translation>
    </message>
    <message>
        <source>other</source>
        <translation>Übriges</translation>
    </message>
    <message>
        <source>embeddings, pooler and classifier</source>
        <translation>Embeddings, Pooler und Classifier</translation>
    </message>
</context>
<context>
    <name>LayersView</name>
    <message>
        <source>What is shown of each layer</source>
        <translation>Was von jeder Schicht gezeigt wird</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Heads kept</source>
        <translation>Heads behalten</translation>
    </message>
    <message>
        <source>Neurons kept</source>
        <translation>Neuronen behalten</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Error of the output</source>
        <translation>Fehler der Ausgabe</translation>
    </message>
    <message>
        <source>Layers of the models</source>
        <translation>Schichten der Modelle</translation>
    </message>
    <message>
        <source>Layers of the models: %1</source>
        <translation>Schichten der Modelle: %1</translation>
    </message>
</context>
<context>
    <name>LengthHistogram</name>
    <message>
        <source>Tokens per sentence</source>
        <translation>Tokens je Satz</translation>
    </message>
    <message>
        <source>%1 sentences, the longest of %2 tokens, %3 cut at %4 tokens</source>
        <translation>%1 Sätze, der längste mit %2 Tokens, %3 bei %4 Tokens gekürzt</translation>
    </message>
    <message>
        <source>tokens in a sentence</source>
        <translation>Tokens je Satz</translation>
    </message>
    <message>
        <source>sentences</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>cut at %1</source>
        <translation>gekürzt bei %1</translation>
    </message>
    <message>
        <source>%1 tokens: %2 sentences, %3</source>
        <translation>%1 Tokens: %2 Sätze, %3</translation>
    </message>
</context>
<context>
    <name>LoadingStack</name>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Least level</source>
        <translation>Mindeststufe</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>Log filtern</translation>
    </message>
    <message>
        <source>Reading the log…</source>
        <translation>Das Log wird gelesen…</translation>
    </message>
    <message>
        <source>No line passes the filter.</source>
        <translation>Keine Zeile passt zum Filter.</translation>
    </message>
    <message>
        <source>Copy selected lines</source>
        <translation>Gewählte Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy all that is shown</source>
        <translation>Alles Gezeigte kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Follow the newest line</source>
        <translation>Der neuesten Zeile folgen</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Go to the first error</source>
        <translation>Zum ersten Fehler</translation>
    </message>
    <message>
        <source>First error</source>
        <translation>Erster Fehler</translation>
    </message>
    <message>
        <source>Copy what is selected, or all that is shown</source>
        <translation>Auswahl kopieren, sonst alles Gezeigte</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Open the folder of this run</source>
        <translation>Den Ordner dieses Laufs öffnen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Nothing was logged yet.</source>
        <translation>Noch nichts im Log.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Choose another folder, or free some space.</source>
        <translation>Einen anderen Ordner wählen oder Platz schaffen.</translation>
    </message>
    <message>
        <source>It was not saved: %1.</source>
        <translation>Nicht gespeichert: %1.</translation>
    </message>
</context>
<context>
    <name>MatrixTable</name>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Shape</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>Nullen</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>Sparsity</translation>
    </message>
    <message>
        <source>Stored as</source>
        <translation>Datentyp</translation>
    </message>
    <message>
        <source>query</source>
        <translation>Query</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>attention output</source>
        <translation>Attention-Ausgabe</translation>
    </message>
    <message>
        <source>feed-forward in</source>
        <translation>Feed-Forward ein</translation>
    </message>
    <message>
        <source>feed-forward out</source>
        <translation>Feed-Forward aus</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Embedding</translation>
    </message>
    <message>
        <source>other</source>
        <translation>Übriges</translation>
    </message>
    <message>
        <source>Share of the original&apos;s weights that were removed or are exactly zero</source>
        <translation>Anteil der Gewichte des Originals, die entfernt wurden oder genau null sind</translation>
    </message>
    <message>
        <source>%1 of %2 weights: %3 removed, %4 zero</source>
        <translation>%1 von %2 Gewichten: %3 entfernt, %4 null</translation>
    </message>
</context>
<context>
    <name>MeasurePanel</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>Tokens per text, for the speed</source>
        <translation>Tokens je Text, für das Tempo</translation>
    </message>
    <message>
        <source>Seconds per figure of speed</source>
        <translation>Sekunden je Tempowert</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Data, for the answers</source>
        <translation>Daten, für die Antworten</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Per figure</source>
        <translation>Je Wert</translation>
    </message>
</context>
<context>
    <name>MeasurementTable</name>
    <message>
        <source>Figure</source>
        <translation>Messgröße</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Shape</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Measured (UTC)</source>
        <translation>Gemessen (UTC)</translation>
    </message>
</context>
<context>
    <name>MeasuringPresenter</name>
    <message>
        <source>Measure %1 models under the same conditions</source>
        <translation>%1 Modelle unter gleichen Bedingungen messen</translation>
    </message>
    <message>
        <source>No data: speed and layers alone</source>
        <translation>Keine Daten: nur Tempo und Schichten</translation>
    </message>
    <message>
        <source>The speed takes about %1; the answers as long as the data is.</source>
        <translation>Das Tempo braucht etwa %1; die Antworten je nach Menge der Daten.</translation>
    </message>
    <message>
        <source>Show job</source>
        <translation>Job zeigen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Noch einmal messen</translation>
    </message>
    <message>
        <source>The measurement failed.</source>
        <translation>Die Messung ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The measurement was cancelled; what was measured until then is kept.</source>
        <translation>Die Messung wurde abgebrochen; was bis dahin gemessen wurde, bleibt.</translation>
    </message>
    <message>
        <source>The measurement was interrupted.</source>
        <translation>Die Messung wurde unterbrochen.</translation>
    </message>
    <message>
        <source>The measurement waits for another job.</source>
        <translation>Die Messung wartet auf einen anderen Job.</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <source>Measuring: %1</source>
        <translation>Messung: %1</translation>
    </message>
    <message>
        <source>starting…</source>
        <translation>startet…</translation>
    </message>
    <message>
        <source>layer by layer</source>
        <translation>Schicht für Schicht</translation>
    </message>
    <message>
        <source>in turn with the reference</source>
        <translation>im Wechsel mit der Referenz</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Details of the model</source>
        <translation>Einzelheiten des Modells</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation>Messungen</translation>
    </message>
    <message>
        <source>Execution</source>
        <translation>Ausführung</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>Sparsity</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>aus %1</translation>
    </message>
    <message>
        <source>licence %1</source>
        <translation>Lizenz %1</translation>
    </message>
    <message>
        <source>made %1 UTC</source>
        <translation>entstanden %1 UTC</translation>
    </message>
</context>
<context>
    <name>ModelExecution</name>
    <message>
        <source>Device to run on</source>
        <translation>Gerät, auf dem es läuft</translation>
    </message>
    <message>
        <source>Inference precision to ask for (INFERENCE_PRECISION_HINT)</source>
        <translation>Verlangte Rechengenauigkeit (INFERENCE_PRECISION_HINT)</translation>
    </message>
    <message>
        <source>Matrix products and convolutions by their multiply-accumulates (MACs), nodes by the time that the device&apos;s counters tell (PERF_COUNT)</source>
        <translation>Matrixprodukte und Faltungen nach ihren Multiplikationen mit Addition (MACs), Knoten nach der Zeit, die die Zähler des Geräts nennen (PERF_COUNT)</translation>
    </message>
    <message>
        <source>Filter by name, type or kernel</source>
        <translation>Nach Name, Typ oder Kernel filtern</translation>
    </message>
    <message>
        <source>Filter nodes by name, type or kernel</source>
        <translation>Knoten nach Name, Typ oder Kernel filtern</translation>
    </message>
    <message>
        <source>Show nodes whose products ran in a precision</source>
        <translation>Knoten zeigen, deren Produkte in einer Genauigkeit liefen</translation>
    </message>
    <message>
        <source>Executed nodes</source>
        <translation>Ausgeführte Knoten</translation>
    </message>
    <message>
        <source>All nodes</source>
        <translation>Alle Knoten</translation>
    </message>
    <message>
        <source>%1 MACs</source>
        <translation>%1 MACs</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>Running it on %1 to see which kernels are taken…</source>
        <translation>Läuft auf %1, um zu sehen, welche Kernel gewählt werden…</translation>
    </message>
    <message>
        <source>Select a model to see which kernels run it.</source>
        <translation>Ein Modell wählen, um zu sehen, welche Kernel es ausführen.</translation>
    </message>
    <message>
        <source>Executed precision</source>
        <translation>Ausgeführte Genauigkeit</translation>
    </message>
    <message>
        <source>Asked for: device, INFERENCE_PRECISION_HINT</source>
        <translation>Verlangt: Gerät, INFERENCE_PRECISION_HINT</translation>
    </message>
    <message>
        <source>%1 of %2 nodes · %3 of %4</source>
        <translation>%1 von %2 Knoten · %3 von %4</translation>
    </message>
    <message>
        <source>%1 of %2 nodes</source>
        <translation>%1 von %2 Knoten</translation>
    </message>
</context>
<context>
    <name>ModelImports</name>
    <message>
        <source>Nothing to add.</source>
        <translation>Nichts hinzuzufügen.</translation>
    </message>
    <message>
        <source>That is no model.</source>
        <translation>Das ist kein Modell.</translation>
    </message>
    <message>
        <source>The clipboard holds no folder, hub id or URL.</source>
        <translation>In der Zwischenablage ist weder Ordner noch Hub-ID noch URL.</translation>
    </message>
    <message>
        <source>The import failed.</source>
        <translation>Der Import ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The import of “%1” was interrupted.</source>
        <translation>Der Import von „%1“ wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Resume it on the page Jobs.</source>
        <translation>Auf der Seite Jobs lässt er sich fortsetzen.</translation>
    </message>
    <message>
        <source>Importing “%1”… %2</source>
        <translation>„%1“ wird importiert… %2</translation>
    </message>
    <message numerus="yes">
        <source>Importing %n model(s), now “%1”… %2</source>
        <translation>
            <numerusform>%n Modell wird importiert, jetzt „%1“… %2</numerusform>
            <numerusform>%n Modelle werden importiert, jetzt „%1“… %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Not everything was added.</source>
        <translation>Nicht alles wurde hinzugefügt.</translation>
    </message>
    <message>
        <source>Show job</source>
        <translation>Job zeigen</translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>Und %n weiteres.</numerusform>
            <numerusform>Und %n weitere.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is not there.</source>
        <translation>„%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“%1” is no model: add a folder, or an OpenVINO .xml file.</source>
        <translation>„%1“ ist kein Modell: einen Ordner oder eine .xml-Datei von OpenVINO hinzufügen.</translation>
    </message>
    <message>
        <source>The folder “%1” has neither config.json nor openvino_model.xml.</source>
        <translation>Im Ordner „%1“ ist weder config.json noch openvino_model.xml.</translation>
    </message>
    <message>
        <source>“%1” has no .bin with its weights beside it.</source>
        <translation>Neben „%1“ fehlt die .bin mit den Gewichten.</translation>
    </message>
    <message>
        <source>“%1” is no folder, hub id or URL.</source>
        <translation>„%1“ ist weder Ordner noch Hub-ID noch URL.</translation>
    </message>
</context>
<context>
    <name>ModelMatrix</name>
    <message>
        <source>Weight matrix to look into</source>
        <translation>Gezeigte Gewichtsmatrix</translation>
    </message>
    <message>
        <source>What the strength of the colour says</source>
        <translation>Was die Stärke der Farbe sagt</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>Nullen</translation>
    </message>
    <message>
        <source>Magnitude</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Vergrößern (+)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>Verkleinern (−)</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Show the whole matrix (0)</source>
        <translation>Die ganze Matrix zeigen (0)</translation>
    </message>
    <message>
        <source>Wheel or + and − zoom, drag or arrow keys move, 0 shows the whole</source>
        <translation>Mausrad oder + und − zoomen, Ziehen oder Pfeiltasten verschieben, 0 zeigt alles</translation>
    </message>
    <message>
        <source>Choose a matrix</source>
        <translation>Eine Matrix wählen</translation>
    </message>
    <message>
        <source>Reading the weights…</source>
        <translation>Die Gewichte werden gelesen…</translation>
    </message>
    <message>
        <source>Choose a weight matrix to look into.</source>
        <translation>Eine Gewichtsmatrix wählen, um hineinzusehen.</translation>
    </message>
    <message>
        <source>%1, sparsity %2</source>
        <translation>%1, Sparsity %2</translation>
    </message>
    <message>
        <source>%1, of which %2 is left; sparsity %3</source>
        <translation>%1, davon ist %2 übrig; Sparsity %3</translation>
    </message>
</context>
<context>
    <name>ModelMeasurements</name>
    <message>
        <source>Nothing was measured of this model yet.</source>
        <translation>An diesem Modell wurde noch nichts gemessen.</translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation>Messungen</translation>
    </message>
</context>
<context>
    <name>ModelNotes</name>
    <message>
        <source>Notes about the model</source>
        <translation>Notizen zum Modell</translation>
    </message>
    <message>
        <source>What is this model for, what was tried, what to do next?</source>
        <translation>Wofür ist dieses Modell, was wurde versucht, was kommt als Nächstes?</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
</context>
<context>
    <name>ModelOverview</name>
    <message>
        <source>Parameters per layer</source>
        <translation>Parameter je Schicht</translation>
    </message>
    <message>
        <source>Attention heads kept</source>
        <translation>Behaltene Attention-Heads</translation>
    </message>
    <message>
        <source>How heads are shown</source>
        <translation>Wie Heads gezeigt werden</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>Balken</translation>
    </message>
    <message>
        <source>Select a model to see what it is made of.</source>
        <translation>Ein Modell wählen, um zu sehen, woraus es besteht.</translation>
    </message>
    <message>
        <source>This model is an OpenVINO IR alone: where its layers begin and which heads they have is not known, and it cannot be trained. Sparsity lists its weight matrices.</source>
        <translation>Dieses Modell ist nur eine OpenVINO-IR: wo ihre Schichten beginnen und welche Heads sie haben, ist nicht bekannt, und sie lässt sich nicht trainieren. Unter Sparsity stehen ihre Gewichtsmatrizen.</translation>
    </message>
    <message>
        <source>%1 of %2 heads, %3 of %4 neurons. Struck through: removed.</source>
        <translation>%1 von %2 Heads, %3 von %4 Neuronen. Durchgestrichen: entfernt.</translation>
    </message>
    <message>
        <source>%1 of %2 heads, %3 of %4 neurons. Hatched: removed.</source>
        <translation>%1 von %2 Heads, %3 von %4 Neuronen. Schraffiert: entfernt.</translation>
    </message>
    <message>
        <source>%1 in the layers; %2 outside of them.</source>
        <translation>%1 in den Schichten; %2 außerhalb.</translation>
    </message>
</context>
<context>
    <name>ModelPopup</name>
    <message>
        <source>Add a model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>Modelle suchen</translation>
    </message>
    <message>
        <source>Models to add</source>
        <translation>Modelle zum Hinzufügen</translation>
    </message>
    <message>
        <source>No other model is called so.</source>
        <translation>So heißt kein anderes Modell.</translation>
    </message>
</context>
<context>
    <name>ModelSparsity</name>
    <message>
        <source>Filter by name</source>
        <translation>Nach Namen filtern</translation>
    </message>
    <message>
        <source>Filter matrices by name</source>
        <translation>Matrizen nach Namen filtern</translation>
    </message>
    <message>
        <source>Show matrices of a role</source>
        <translation>Matrizen einer Rolle zeigen</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>Hineinsehen</translation>
    </message>
    <message>
        <source>All roles</source>
        <translation>Alle Rollen</translation>
    </message>
    <message>
        <source>Reading the weights…</source>
        <translation>Die Gewichte werden gelesen…</translation>
    </message>
    <message>
        <source>This model has no weight matrices that could be listed.</source>
        <translation>Dieses Modell hat keine Gewichtsmatrizen, die sich auflisten ließen.</translation>
    </message>
    <message>
        <source>Weight matrices</source>
        <translation>Gewichtsmatrizen</translation>
    </message>
    <message>
        <source>%1 of %2 matrices · %3 of %4 parameters left, %5 of them zero · sparsity %6</source>
        <translation>%1 von %2 Matrizen · %3 von %4 Parametern übrig, davon %5 null · Sparsity %6</translation>
    </message>
</context>
<context>
    <name>ModelTrash</name>
    <message>
        <source>Back to the models</source>
        <translation>Zurück zu den Modellen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>Endgültig löschen…</translation>
    </message>
    <message>
        <source>Empty the trash…</source>
        <translation>Papierkorb leeren…</translation>
    </message>
    <message>
        <source>The trash is empty. Models that you move there stay until you delete them for good.</source>
        <translation>Der Papierkorb ist leer. Modelle bleiben hier, bis sie endgültig gelöscht werden.</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n Modell</numerusform>
            <numerusform>%n Modelle</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 on the disk</source>
        <translation>%1, %2 auf der Platte</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>Wird gelöscht…</translation>
    </message>
    <message>
        <source>Delete “%1” for good?</source>
        <translation>„%1“ endgültig löschen?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n model(s) for good?</source>
        <translation>
            <numerusform>%n Modell endgültig löschen?</numerusform>
            <numerusform>%n Modelle endgültig löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Weights, figures and notes are removed from the disk. This cannot be undone.</source>
        <translation>Gewichte, Messwerte und Notizen werden von der Platte entfernt. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Models in the trash</source>
        <translation>Modelle im Papierkorb</translation>
    </message>
</context>
<context>
    <name>ModelTree</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Heads</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>p50 latency</source>
        <translation>p50-Latenz</translation>
    </message>
    <message>
        <source>Share of the sentences classified correctly, with its 95 % interval</source>
        <translation>Anteil der richtig erkannten Sätze mit 95-%-Intervall</translation>
    </message>
    <message>
        <source>No room for: %1. Point at a name to read them.</source>
        <translation>Kein Platz für: %1. Auf einen Namen zeigen, um sie zu lesen.</translation>
    </message>
    <message>
        <source>tags: %1</source>
        <translation>Tags: %1</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Heads kept: %1</source>
        <translation>Heads behalten: %1</translation>
    </message>
    <message>
        <source>OpenVINO IR, %1 bytes</source>
        <translation>OpenVINO-IR, %1 Bytes</translation>
    </message>
    <message>
        <source>Accuracy on %1 sentences, with its 95 % interval</source>
        <translation>Genauigkeit auf %1 Sätzen, mit ihrem 95-%-Intervall</translation>
    </message>
    <message>
        <source>Not measured</source>
        <translation>Nicht gemessen</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>geprunt</translation>
    </message>
</context>
<context>
    <name>ModelTreeView</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Columns of the models</source>
        <translation>Spalten der Modelle</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Search, or paste a hub id or URL</source>
        <translation>Suchen oder Hub-ID/URL einfügen</translation>
    </message>
    <message>
        <source>Search, or paste a hub id or URL and press Enter</source>
        <translation>Suchen, oder Hub-ID oder URL einfügen und die Eingabetaste drücken</translation>
    </message>
    <message>
        <source>Set it up</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Drop to add</source>
        <translation>Ablegen zum Hinzufügen</translation>
    </message>
    <message>
        <source>Hugging Face or OpenVINO folders, .xml files</source>
        <translation>Hugging-Face- oder OpenVINO-Ordner, .xml-Dateien</translation>
    </message>
    <message numerus="yes">
        <source>Trash: %n model(s)</source>
        <translation>
            <numerusform>Papierkorb: %n Modell</numerusform>
            <numerusform>Papierkorb: %n Modelle</numerusform>
        </translation>
    </message>
    <message>
        <source>Names, notes and tags; tag:x finds the tag x</source>
        <translation>Namen, Notizen und Tags; tag:x findet das Tag x</translation>
    </message>
    <message>
        <source>See it work: prune and quantize a sentiment model</source>
        <translation>So geht es: ein Sentiment-Modell prunen und quantisieren</translation>
    </message>
    <message>
        <source>A small BERT that tells good reviews from bad ones comes with Whittle. Make it several times smaller and faster on this machine, watch its attention heads go, and keep the figures. It takes a few minutes and no network.</source>
        <translation>Mit Whittle kommt ein kleines BERT, das gute von schlechten Rezensionen unterscheidet. Auf diesem Rechner wird es um ein Vielfaches kleiner und schneller; dabei zusehen, wie Attention-Heads verschwinden, und die Messwerte behalten. Es dauert wenige Minuten und braucht kein Netz.</translation>
    </message>
    <message>
        <source>Add a model folder…</source>
        <translation>Modellordner hinzufügen…</translation>
    </message>
    <message>
        <source>Set it up → Start → Try it</source>
        <translation>Einrichten → Starten → Testen</translation>
    </message>
    <message>
        <source>Or drop a Hugging Face or OpenVINO folder anywhere on this page.</source>
        <translation>Oder einen Hugging-Face- oder OpenVINO-Ordner irgendwo auf dieser Seite ablegen.</translation>
    </message>
    <message>
        <source>No model has “%1” in its name, notes or tags.</source>
        <translation>Kein Modell hat „%1“ in Namen, Notizen oder Tags.</translation>
    </message>
    <message>
        <source>Add a model: choose a Hugging Face or OpenVINO folder</source>
        <translation>Modell hinzufügen: einen Hugging-Face- oder OpenVINO-Ordner wählen</translation>
    </message>
    <message>
        <source>Add a model: choose an OpenVINO IR</source>
        <translation>Modell hinzufügen: eine OpenVINO-IR wählen</translation>
    </message>
    <message>
        <source>Export: choose the folder that is to hold the new one</source>
        <translation>Exportieren: den Ordner wählen, in dem der neue liegen soll</translation>
    </message>
</context>
<context>
    <name>ModelsPresenter</name>
    <message>
        <source>Show job</source>
        <translation>Job zeigen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>“%1” is in the trash.</source>
        <translation>„%1“ liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Show trash</source>
        <translation>Papierkorb zeigen</translation>
    </message>
    <message>
        <source>“%1” is measured, after what is in the queue.</source>
        <translation>„%1“ wird gemessen, nach dem, was in der Warteschlange steht.</translation>
    </message>
    <message>
        <source>Its speed on %1 in f32; no data has its classes, so its accuracy stays as it is.</source>
        <translation>Sein Tempo auf %1 in f32; keine Daten haben seine Klassen, die Genauigkeit bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Its speed on %1 in f32, and its accuracy on “%2”.</source>
        <translation>Sein Tempo auf %1 in f32, und seine Genauigkeit auf „%2“.</translation>
    </message>
    <message>
        <source>Exporting “%1”…</source>
        <translation>„%1“ wird exportiert…</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportiert nach %1</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>NameDelegate</name>
    <message>
        <source>New name of the model</source>
        <translation>Neuer Name des Modells</translation>
    </message>
</context>
<context>
    <name>NodeTable</name>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>The module that it came from; what was fused into it in its tooltip</source>
        <translation>Das Modul, aus dem er stammt; was in ihn verschmolzen wurde, steht im Tooltip</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Executed in</source>
        <translation>Ausgeführt in</translation>
    </message>
    <message>
        <source>The precision of the activations that go in</source>
        <translation>Die Genauigkeit der Aktivierungen, die hineingehen</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>The plugin&apos;s primitive</source>
        <translation>Das Primitiv des Plugins</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>In one request: the median of a few</source>
        <translation>In einer Anfrage: der Median von einigen</translation>
    </message>
    <message>
        <source>INT8 and %1</source>
        <translation>INT8 und %1</translation>
    </message>
    <message>
        <source>no product</source>
        <translation>kein Produkt</translation>
    </message>
    <message>
        <source>Takes %1</source>
        <translation>Nimmt %1</translation>
    </message>
    <message>
        <source>Called %1 by the plugin (runtimePrecision)</source>
        <translation>Vom Plugin %1 genannt (runtimePrecision)</translation>
    </message>
    <message>
        <source>Multiply-accumulates: %1</source>
        <translation>Multiplikationen mit Addition (MACs): %1</translation>
    </message>
    <message>
        <source>Only its weights are quantized in the IR</source>
        <translation>In der IR sind nur seine Gewichte quantisiert</translation>
    </message>
    <message>
        <source>Quantized in part in the IR</source>
        <translation>In der IR zum Teil quantisiert</translation>
    </message>
    <message>
        <source>Weights and activations are quantized in the IR</source>
        <translation>In der IR sind Gewichte und Aktivierungen quantisiert</translation>
    </message>
    <message>
        <source>Not measured</source>
        <translation>Nicht gemessen</translation>
    </message>
    <message>
        <source>%1 of the time of all nodes</source>
        <translation>%1 der Zeit aller Knoten</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>NumericEditor</name>
    <message>
        <source>Set %1</source>
        <translation>%1 setzen</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Type what you look for: an action, a page, a model, a job</source>
        <translation>Eintippen, was gesucht wird: Aktion, Seite, Modell, Job</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Gefundenes</translation>
    </message>
    <message>
        <source>Nothing matches.</source>
        <translation>Nichts passt.</translation>
    </message>
</context>
<context>
    <name>PalettePresenter</name>
    <message>
        <source>not possible now</source>
        <translation>jetzt nicht möglich</translation>
    </message>
    <message>
        <source>is so already</source>
        <translation>ist schon so</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Job</translation>
    </message>
</context>
<context>
    <name>PartLegend</name>
    <message>
        <source>attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>Feed-Forward</translation>
    </message>
    <message>
        <source>other</source>
        <translation>Übriges</translation>
    </message>
    <message>
        <source>pale: before</source>
        <translation>blass: vorher</translation>
    </message>
</context>
<context>
    <name>ProblemWindow</name>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>Anderen Ordner wählen…</translation>
    </message>
    <message>
        <source>Choose a workspace folder</source>
        <translation>Einen Ordner für den Arbeitsbereich wählen</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>Verwerfen…</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>RecipeForm</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>Alle Einstellungen</translation>
    </message>
</context>
<context>
    <name>RecipePanel</name>
    <message>
        <source>Settings, JSON or data</source>
        <translation>Einstellungen, JSON oder Daten</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alles zurücksetzen</translation>
    </message>
    <message>
        <source>Set every field to the recipe&apos;s value again</source>
        <translation>Jedes Feld wieder auf den Wert des Rezepts setzen</translation>
    </message>
    <message>
        <source>Changed settings: %1</source>
        <translation>Geänderte Einstellungen: %1</translation>
    </message>
    <message>
        <source>Settings and JSON</source>
        <translation>Einstellungen und JSON</translation>
    </message>
</context>
<context>
    <name>RowTable</name>
    <message>
        <source>Columns: %1</source>
        <translation>Spalten: %1</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>Tabelle speichern</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Folder of the workspace</source>
        <translation>Ordner des Arbeitsbereichs</translation>
    </message>
    <message>
        <source>Workspaces that were open before</source>
        <translation>Zuvor geöffnete Arbeitsbereiche</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>Open another…</source>
        <translation>Anderen öffnen…</translation>
    </message>
    <message>
        <source>Models, runs and data lie in this folder. An empty folder becomes a new workspace.</source>
        <translation>Modelle, Läufe und Daten liegen in diesem Ordner. Ein leerer Ordner wird zu einem neuen Arbeitsbereich.</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Being measured…</source>
        <translation>Wird gemessen…</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Empty: %1</source>
        <translation>Leeren: %1</translation>
    </message>
    <message>
        <source>Open a workspace: choose its folder, or an empty one</source>
        <translation>Arbeitsbereich öffnen: seinen Ordner oder einen leeren wählen</translation>
    </message>
</context>
<context>
    <name>SettingsPresenter</name>
    <message>
        <source>“%1” is running in this workspace.</source>
        <translation>„%1“ läuft in diesem Arbeitsbereich.</translation>
    </message>
    <message>
        <source>Opening another one stops it at a checkpoint. It can be resumed when this workspace is open again.</source>
        <translation>Wird ein anderer geöffnet, hält der Job an einem Checkpoint an. Er lässt sich fortsetzen, sobald dieser Arbeitsbereich wieder offen ist.</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>Hierbleiben</translation>
    </message>
    <message>
        <source>Stop it and open the other</source>
        <translation>Anhalten und den anderen öffnen</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>The cache could not be emptied.</source>
        <translation>Der Cache ließ sich nicht leeren.</translation>
    </message>
</context>
<context>
    <name>ShareBars</name>
    <message>
        <source>Executed precision</source>
        <translation>Ausgeführte Genauigkeit</translation>
    </message>
    <message>
        <source>%1: %2 of the products, %3 of the time</source>
        <translation>%1: %2 der Produkte, %3 der Zeit</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Produkte</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
</context>
<context>
    <name>ShellPresenter</name>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Copy this text</source>
        <translation>Diesen Text kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>SortHeader</name>
    <message>
        <source>Click, or choose by the arrow keys and press Enter, to sort by a column</source>
        <translation>Klicken, oder mit Pfeiltasten wählen und die Eingabetaste drücken, um nach einer Spalte zu sortieren</translation>
    </message>
    <message>
        <source>Column %1</source>
        <translation>Spalte %1</translation>
    </message>
</context>
<context>
    <name>StarterOffer</name>
    <message>
        <source>Start with the sentiment model that comes with Whittle, or add one of your own.</source>
        <translation>Beginnen Sie mit dem Sentiment-Modell, das Whittle mitbringt, oder fügen Sie ein eigenes hinzu.</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Take the starter</source>
        <translation>Startmodell nehmen</translation>
    </message>
</context>
<context>
    <name>StatusPresenter</name>
    <message>
        <source>%1 in this workspace</source>
        <translation>%1 in diesem Arbeitsbereich</translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 Kern</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 Kerne</translation>
    </message>
</context>
<context>
    <name>TagLine</name>
    <message>
        <source>Add a tag</source>
        <translation>Tag hinzufügen</translation>
    </message>
    <message>
        <source>Add a tag and press Enter</source>
        <translation>Tag hinzufügen und die Eingabetaste drücken</translation>
    </message>
    <message>
        <source>Remove the tag “%1”</source>
        <translation>Das Tag „%1“ entfernen</translation>
    </message>
</context>
<context>
    <name>TokenFlow</name>
    <message>
        <source>Cut: %1</source>
        <translation>Abgeschnitten: %1</translation>
    </message>
</context>
<context>
    <name>TradeoffCard</name>
    <message>
        <source>Trade-off</source>
        <translation>Trade-off</translation>
    </message>
    <message>
        <source>Quality, upright</source>
        <translation>Qualität, senkrecht</translation>
    </message>
    <message>
        <source>Cost, across</source>
        <translation>Kosten, waagrecht</translation>
    </message>
    <message>
        <source>Limit of the cost</source>
        <translation>Grenze der Kosten</translation>
    </message>
    <message>
        <source>against</source>
        <translation>gegen</translation>
    </message>
    <message>
        <source>No model has both figures under the chosen conditions. “Measure these” takes them.</source>
        <translation>Kein Modell hat beide Werte unter den gewählten Bedingungen. „Diese messen“ nimmt sie auf.</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>höchstens</translation>
    </message>
</context>
<context>
    <name>TradeoffChart</name>
    <message>
        <source>Quality against cost</source>
        <translation>Qualität gegen Kosten</translation>
    </message>
    <message>
        <source>beyond the limit</source>
        <translation>jenseits der Grenze</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>Grenze %1</translation>
    </message>
</context>
<context>
    <name>TrainingCharts</name>
    <message>
        <source>Sparsity</source>
        <translation>Sparsity</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Vergleichen mit…</translation>
    </message>
    <message>
        <source>Draw the curves of an earlier run beneath</source>
        <translation>Die Kurven eines früheren Laufs darunter zeichnen</translation>
    </message>
    <message>
        <source>There is no earlier run with curves yet</source>
        <translation>Noch gibt es keinen früheren Lauf mit Kurven</translation>
    </message>
    <message>
        <source>warm-up</source>
        <translation>Warm-up</translation>
    </message>
    <message>
        <source>fine-tuning</source>
        <translation>Fine-Tuning</translation>
    </message>
    <message>
        <source>Compare with an earlier run</source>
        <translation>Mit einem früheren Lauf vergleichen</translation>
    </message>
    <message>
        <source>What the axis counts</source>
        <translation>Was die Achse zählt</translation>
    </message>
    <message>
        <source>Runs of different lengths meet in epochs or in shares of the run</source>
        <translation>Verschieden lange Läufe treffen sich in Epochen oder in Anteilen des Laufs</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>% of run</source>
        <translation>% des Laufs</translation>
    </message>
    <message>
        <source>sparsity</source>
        <translation>Sparsity</translation>
    </message>
    <message>
        <source>accuracy, held out</source>
        <translation>Genauigkeit, zurückgehalten</translation>
    </message>
    <message>
        <source>Sparsity and accuracy</source>
        <translation>Sparsity und Genauigkeit</translation>
    </message>
    <message>
        <source>total</source>
        <translation>gesamt</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>distillation</source>
        <translation>Destillation</translation>
    </message>
    <message>
        <source>regularization</source>
        <translation>Regularisierung</translation>
    </message>
    <message>
        <source>learning rate of the weights</source>
        <translation>Lernrate der Gewichte</translation>
    </message>
    <message>
        <source>memory of the worker</source>
        <translation>Speicher des Prozesses</translation>
    </message>
    <message>
        <source>median of the last 30 steps</source>
        <translation>Median der letzten 30 Schritte</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Step time</source>
        <translation>Schrittzeit</translation>
    </message>
</context>
<context>
    <name>TrashTable</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Gemacht mit</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>On the disk</source>
        <translation>Auf der Platte</translation>
    </message>
    <message>
        <source>In the trash since (UTC)</source>
        <translation>Im Papierkorb seit (UTC)</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>importiert</translation>
    </message>
</context>
<context>
    <name>TryPage</name>
    <message>
        <source>Texts, one a line</source>
        <translation>Texte, einer je Zeile</translation>
    </message>
    <message>
        <source>Type a sentence, or paste several, one a line</source>
        <translation>Einen Satz tippen oder mehrere einfügen, einen je Zeile</translation>
    </message>
    <message>
        <source>All texts</source>
        <translation>Alle Texte</translation>
    </message>
    <message>
        <source>Differences only</source>
        <translation>Nur Unterschiede</translation>
    </message>
    <message>
        <source>Drop to try</source>
        <translation>Zum Ausprobieren ablegen</translation>
    </message>
    <message>
        <source>A file of texts, one a line</source>
        <translation>Eine Datei mit Texten, einer pro Zeile</translation>
    </message>
    <message>
        <source>Choose a file of texts, one a line</source>
        <translation>Eine Datei mit Texten wählen, einer pro Zeile</translation>
    </message>
    <message>
        <source>Texts and their answers appear here.</source>
        <translation>Hier stehen die Texte mit ihren Antworten.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Fill in review sentences, plain ones and tricky ones</source>
        <translation>Rezensionssätze einfüllen, einfache und knifflige</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Try the texts of a file, one a line</source>
        <translation>Die Texte einer Datei ausprobieren, einer pro Zeile</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>All texts and their answers</source>
        <translation>Alle Texte und ihre Antworten</translation>
    </message>
</context>
<context>
    <name>TryPresenter</name>
    <message>
        <source>Asking…</source>
        <translation>Wird gefragt…</translation>
    </message>
    <message>
        <source>now %1 ms · p50 %2 ms · p95 %3 ms · %5 /s · ran in %4</source>
        <translation>jetzt %1 ms · p50 %2 ms · p95 %3 ms · %5 /s · lief in %4</translation>
    </message>
    <message>
        <source>agree on %1 of %2</source>
        <translation>einig bei %1 von %2</translation>
    </message>
    <message>
        <source>There is no model to try yet: add one on the page Models.</source>
        <translation>Noch kein Modell. Unter Modelle hinzufügen.</translation>
    </message>
    <message>
        <source>%1 texts: press Run when they are ready.</source>
        <translation>%1 Texte: Ausführen drücken, sobald sie stimmen.</translation>
    </message>
    <message>
        <source>The worker that answers here had ended and was started again.</source>
        <translation>Der Prozess, der hier antwortet, war beendet und wurde neu gestartet.</translation>
    </message>
    <message>
        <source>Add a model, and try it here beside others.</source>
        <translation>Hier antworten Modelle nebeneinander, sobald es eines gibt.</translation>
    </message>
</context>
<context>
    <name>VariantChips</name>
    <message>
        <source>Models that are compared</source>
        <translation>Modelle im Vergleich</translation>
    </message>
</context>
<context>
    <name>WayCards</name>
    <message>
        <source>Ways of making the model small</source>
        <translation>Wege, das Modell klein zu machen</translation>
    </message>
</context>
<context>
    <name>_AnswerCard</name>
    <message>
        <source>Model %1</source>
        <translation>Modell %1</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>Remove this model</source>
        <translation>Dieses Modell entfernen</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
</context>
<context>
    <name>_ChipFrame</name>
    <message>
        <source>%1, the reference</source>
        <translation>%1, die Referenz</translation>
    </message>
    <message>
        <source>%1: the reference that the others are held against</source>
        <translation>%1: die Referenz, an der die anderen gemessen werden</translation>
    </message>
    <message>
        <source>Make %1 the reference</source>
        <translation>%1 zur Referenz machen</translation>
    </message>
    <message>
        <source>%1: press to make it the reference</source>
        <translation>%1: drücken, um es zur Referenz zu machen</translation>
    </message>
    <message>
        <source>Take %1 away</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models of this workspace</source>
        <translation>Modelle dieses Arbeitsbereichs</translation>
    </message>
    <message>
        <source>Compress</source>
        <translation>Komprimieren</translation>
    </message>
    <message>
        <source>Make a model small and fast</source>
        <translation>Ein Modell klein und schnell machen</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Jobs</translation>
    </message>
    <message>
        <source>Running, waiting and finished jobs</source>
        <translation>Was läuft, wartet und gelaufen ist</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Models beside each other</source>
        <translation>Modelle nebeneinander</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Models side by side on your own texts</source>
        <translation>Modelle nebeneinander auf eigenen Texten</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Look, language, workspace, network, cache</source>
        <translation>Aussehen, Sprache, Arbeitsbereich, Netz, Cache</translation>
    </message>
    <message>
        <source>Search everything…</source>
        <translation>Alles durchsuchen…</translation>
    </message>
    <message>
        <source>Actions, pages, models and jobs</source>
        <translation>Aktionen, Seiten, Modelle und Jobs</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>What this page is for</source>
        <translation>Wozu diese Seite da ist</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>All of them, page by page</source>
        <translation>Alle, Seite für Seite</translation>
    </message>
    <message>
        <source>About Whittle</source>
        <translation>Über Whittle</translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation>Versionen und Lizenzen</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Text and everything around it</source>
        <translation>Text und alles darum herum</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation>Übliche Größe</translation>
    </message>
    <message>
        <source>As at a desk: 100 %</source>
        <translation>Wie am Schreibtisch: 100 %</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Add a model from a folder or a file</source>
        <translation>Ein Modell aus einem Ordner oder einer Datei hinzufügen</translation>
    </message>
    <message>
        <source>Model folder…</source>
        <translation>Modellordner…</translation>
    </message>
    <message>
        <source>Hugging Face or OpenVINO</source>
        <translation>Hugging Face oder OpenVINO</translation>
    </message>
    <message>
        <source>OpenVINO IR (.xml)…</source>
        <translation>OpenVINO-IR (.xml)…</translation>
    </message>
    <message>
        <source>One IR file</source>
        <translation>Eine IR-Datei</translation>
    </message>
    <message>
        <source>Starter: sentiment</source>
        <translation>Startmodell: Sentiment</translation>
    </message>
    <message>
        <source>It comes with Whittle</source>
        <translation>Es kommt mit Whittle</translation>
    </message>
    <message>
        <source>Compress the selected model</source>
        <translation>Das gewählte Modell komprimieren</translation>
    </message>
    <message>
        <source>Try the selected model beside what it was made from</source>
        <translation>Das gewählte Modell neben dem testen, aus dem es entstand</translation>
    </message>
    <message>
        <source>Compare the selected model with what it was made from and its siblings</source>
        <translation>Das gewählte Modell mit dem vergleichen, aus dem es entstand, und mit seinen Geschwistern</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>Mehr…</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>Modelle suchen</translation>
    </message>
    <message>
        <source>Paste an address</source>
        <translation>Adresse einfügen</translation>
    </message>
    <message>
        <source>Add the models whose folders, hub ids or URLs are on the clipboard</source>
        <translation>Die Modelle hinzufügen, deren Ordner, Hub-IDs oder URLs in der Zwischenablage liegen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Give the selected model another name</source>
        <translation>Dem gewählten Modell einen anderen Namen geben</translation>
    </message>
    <message>
        <source>Export OpenVINO IR…</source>
        <translation>OpenVINO-IR exportieren…</translation>
    </message>
    <message>
        <source>Copy the selected model&apos;s IR and tokenizer to a folder</source>
        <translation>IR und Tokenizer des gewählten Modells in einen Ordner kopieren</translation>
    </message>
    <message>
        <source>Export Hugging Face folder…</source>
        <translation>Hugging-Face-Ordner exportieren…</translation>
    </message>
    <message>
        <source>Copy the selected model&apos;s checkpoint and tokenizer to a folder</source>
        <translation>Checkpoint und Tokenizer des gewählten Modells in einen Ordner kopieren</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Move the selected model to the trash</source>
        <translation>Das gewählte Modell in den Papierkorb legen</translation>
    </message>
    <message>
        <source>Undo move to trash</source>
        <translation>Aus dem Papierkorb zurückholen</translation>
    </message>
    <message>
        <source>Bring back what was moved to the trash last</source>
        <translation>Zurückholen, was zuletzt in den Papierkorb kam</translation>
    </message>
    <message>
        <source>Show trash</source>
        <translation>Papierkorb zeigen</translation>
    </message>
    <message>
        <source>What is in the trash: restore or delete for good</source>
        <translation>Was im Papierkorb liegt: wiederherstellen oder endgültig löschen</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Neu ausführen</translation>
    </message>
    <message>
        <source>Read once more which kernels run, and how long they take</source>
        <translation>Noch einmal lesen, welche Kernel laufen und wie lange</translation>
    </message>
    <message>
        <source>Copy the rows of the table that is shown</source>
        <translation>Die Zeilen der gezeigten Tabelle kopieren</translation>
    </message>
    <message>
        <source>Save rows as CSV…</source>
        <translation>Als CSV speichern…</translation>
    </message>
    <message>
        <source>Save the rows of the table that is shown</source>
        <translation>Die Zeilen der gezeigten Tabelle speichern</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Als Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy the command line</source>
        <translation>Die Befehlszeile kopieren</translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation>Als Python kopieren</translation>
    </message>
    <message>
        <source>Copy a script that does the same</source>
        <translation>Ein Skript kopieren, das dasselbe tut</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Take a recipe from a file, Whittle&apos;s or NNCF&apos;s</source>
        <translation>Ein Rezept aus einer Datei nehmen, von Whittle oder NNCF</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Write the recipe to a file</source>
        <translation>Das Rezept in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Put this into the queue</source>
        <translation>In die Warteschlange stellen</translation>
    </message>
    <message>
        <source>Open another workspace…</source>
        <translation>Anderen Arbeitsbereich öffnen…</translation>
    </message>
    <message>
        <source>Choose its folder, or an empty one</source>
        <translation>Seinen Ordner oder einen leeren wählen</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>Verwerfen…</translation>
    </message>
    <message>
        <source>One more model, eight at most</source>
        <translation>Ein weiteres Modell, höchstens acht</translation>
    </message>
    <message>
        <source>Measure, rename, export, trash</source>
        <translation>Messen, umbenennen, exportieren, Papierkorb</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>Measure the model</source>
        <translation>Das Modell messen</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy the selected inputs, or all that are listed</source>
        <translation>Gewählte Eingaben kopieren, sonst alle aufgelisteten</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Bericht…</translation>
    </message>
    <message>
        <source>Save all of this as one HTML file</source>
        <translation>All das als eine HTML-Datei speichern</translation>
    </message>
    <message>
        <source>Measure these</source>
        <translation>Diese messen</translation>
    </message>
    <message>
        <source>Measure these models under the same conditions, and compare their answers</source>
        <translation>Diese Modelle unter gleichen Bedingungen messen und ihre Antworten vergleichen</translation>
    </message>
    <message>
        <source>Add another model</source>
        <translation>Weiteres Modell hinzufügen</translation>
    </message>
    <message>
        <source>Beside the others, four at most</source>
        <translation>Ein weiteres Modell neben die anderen, höchstens vier</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Ask all models again</source>
        <translation>Alle Modelle noch einmal fragen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Write a checkpoint and stop; can be resumed</source>
        <translation>Checkpoint schreiben und enden; lässt sich fortsetzen</translation>
    </message>
    <message>
        <source>Stop early</source>
        <translation>Früh beenden</translation>
    </message>
    <message>
        <source>End training now and keep what is best</source>
        <translation>Training jetzt beenden und das Beste behalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>End the job and keep nothing</source>
        <translation>Den Job beenden und nichts behalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint</source>
        <translation>Vom letzten Checkpoint weitermachen</translation>
    </message>
    <message>
        <source>Delete the checkpoints</source>
        <translation>Die Checkpoints löschen</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Run it earlier</source>
        <translation>Früher ausführen</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Run it later</source>
        <translation>Später ausführen</translation>
    </message>
    <message>
        <source>Show model</source>
        <translation>Modell zeigen</translation>
    </message>
    <message>
        <source>Show the model that was made</source>
        <translation>Das entstandene Modell zeigen</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Go through the head map of the run, or stop</source>
        <translation>Durch die Head-Karte des Laufs gehen oder anhalten</translation>
    </message>
    <message>
        <source>Open run folder</source>
        <translation>Ordner des Laufs öffnen</translation>
    </message>
    <message>
        <source>Spec, events and log of the run as files</source>
        <translation>Spec, Ereignisse und Log des Laufs als Dateien</translation>
    </message>
    <message>
        <source>Take an ended job off the list; its model stays</source>
        <translation>Einen beendeten Job von der Liste nehmen; sein Modell bleibt</translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message>
        <source>%1 is out of range: %2.</source>
        <translation>%1 liegt außerhalb des Bereichs: %2.</translation>
    </message>
    <message>
        <source>Warm-up has to end after it starts.</source>
        <translation>Das Warm-up muss nach seinem Beginn enden.</translation>
    </message>
    <message>
        <source>Fisher importance is measured; pressure has no place in it.</source>
        <translation>Fisher-Wichtigkeit wird gemessen; Druck hat darin keinen Platz.</translation>
    </message>
    <message>
        <source>Fine-tuning needs time after it, and training ends after %1 epochs.</source>
        <translation>Danach braucht das Fine-Tuning noch Zeit, und das Training endet nach %1 Epochen.</translation>
    </message>
    <message>
        <source>more than %1</source>
        <translation>größer als %1</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
    <message>
        <source>less than %1</source>
        <translation>kleiner als %1</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>“%1” is no regular expression: %2.</source>
        <translation>„%1“ ist kein regulärer Ausdruck: %2.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Light, dark, or as the desktop has it.</source>
        <translation>Hell, dunkel oder wie der Desktop.</translation>
    </message>
    <message>
        <source>Presentation size</source>
        <translation>Darstellungsgröße</translation>
    </message>
    <message>
        <source>Scales text and everything around it. From 150 % on it is readable at two metres.</source>
        <translation>Von Text und allem darum herum. Ab 150 % aus zwei Metern lesbar.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Logs and what the engine reports stay English.</source>
        <translation>Logs und Meldungen der Engine bleiben englisch.</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>Offline arbeiten</translation>
    </message>
    <message>
        <source>Nothing is fetched from the Hugging Face hub; what was downloaded before can be imported.</source>
        <translation>Vom Hugging Face Hub wird nichts geladen; früher Heruntergeladenes lässt sich importieren.</translation>
    </message>
    <message>
        <source>Notify when a job ends</source>
        <translation>Benachrichtigen, wenn ein Job endet</translation>
    </message>
    <message>
        <source>Shows a desktop notification while the window is in the background.</source>
        <translation>Eine Meldung des Desktops, wenn das Fenster nicht vorn ist.</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>JPQD, quick</source>
        <translation>JPQD, schnell</translation>
    </message>
    <message>
        <source>A first look: prunes, quantizes and distils in one short run.</source>
        <translation>Ein erster Blick: Pruning, Quantisierung und Destillation in einem kurzen Lauf.</translation>
    </message>
    <message>
        <source>Needs labelled sentences.</source>
        <translation>Braucht Sätze mit Labels.</translation>
    </message>
    <message>
        <source>JPQD, thorough</source>
        <translation>JPQD, gründlich</translation>
    </message>
    <message>
        <source>The model to ship: removes more, trains on all the data.</source>
        <translation>Das Modell zum Ausliefern: entfernt mehr, trainiert auf allen Daten.</translation>
    </message>
    <message>
        <source>Needs some thousand labelled sentences.</source>
        <translation>Braucht einige tausend Sätze mit Labels.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Latency p50</source>
        <translation>Latenz p50</translation>
    </message>
    <message>
        <source>Latency p95</source>
        <translation>Latenz p95</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>IR size</source>
        <translation>Größe der IR</translation>
    </message>
    <message>
        <source>Checkpoint size</source>
        <translation>Größe des Checkpoints</translation>
    </message>
    <message>
        <source>Load time</source>
        <translation>Ladezeit</translation>
    </message>
    <message>
        <source>Linear sparsity</source>
        <translation>Sparsity linear</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>Speicherspitze</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 streams</source>
        <translation>%1 Streams</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>evaluation</source>
        <translation>Eval</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>Kernels: %1</source>
        <translation>Kernel: %1</translation>
    </message>
    <message>
        <source>Executed in INT8: %1 of %2 nodes that multiply</source>
        <translation>In INT8 ausgeführt: %1 von %2 multiplizierenden Knoten</translation>
    </message>
    <message>
        <source>%1 more in part: one product in INT8, one in %2</source>
        <translation>%1 weitere zum Teil: ein Produkt in INT8, eines in %2</translation>
    </message>
    <message>
        <source>Quantized, but run in %1: %2</source>
        <translation>Quantisiert, aber in %1 gelaufen: %2</translation>
    </message>
    <message>
        <source>Quantized in their weights alone: %1</source>
        <translation>Nur an den Gewichten quantisiert: %1</translation>
    </message>
    <message>
        <source>They are unpacked and multiplied in %1, which saves memory rather than time.</source>
        <translation>Sie werden entpackt und in %1 multipliziert; das spart eher Speicher als Zeit.</translation>
    </message>
    <message>
        <source>Asked for %1, executed in %2</source>
        <translation>Verlangt: %1, ausgeführt in %2</translation>
    </message>
    <message>
        <source>%1 names these capabilities: %2</source>
        <translation>%1 nennt diese Fähigkeiten: %2</translation>
    </message>
    <message>
        <source>%1 of the time goes to nodes that do not multiply</source>
        <translation>%1 der Zeit geht an Knoten, die nicht multiplizieren</translation>
    </message>
    <message>
        <source>%1 of the time goes to reference kernels, which are not optimized</source>
        <translation>%1 der Zeit geht an Referenz-Kernel, die nicht optimiert sind</translation>
    </message>
    <message>
        <source>Times were not measured</source>
        <translation>Zeiten wurden nicht gemessen</translation>
    </message>
    <message>
        <source>%1 does not count the time of single nodes.</source>
        <translation>%1 zählt die Zeit einzelner Knoten nicht.</translation>
    </message>
    <message>
        <source>asked for %1, taken %2</source>
        <translation>verlangt %1, genommen %2</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>%1 does not name INT8 among its capabilities.</source>
        <translation>%1 nennt INT8 nicht unter seinen Fähigkeiten.</translation>
    </message>
    <message>
        <source>The plugin does not say why. Kernels: %1</source>
        <translation>Das Plugin sagt nicht, warum. Kernel: %1</translation>
    </message>
    <message>
        <source>Activations come in as %1. DYNAMIC_QUANTIZATION_GROUP_SIZE is %2: a kernel may quantize them itself, which it does not tell.</source>
        <translation>Aktivierungen kommen als %1. DYNAMIC_QUANTIZATION_GROUP_SIZE ist %2: Ein Kernel darf sie selbst quantisieren, sagt es aber nicht.</translation>
    </message>
    <message>
        <source>This processor has BF16: ask for bf16 to see what that saves</source>
        <translation>Dieser Prozessor hat BF16: bf16 verlangen, um zu sehen, was das spart</translation>
    </message>
    <message>
        <source>A job was running: the times are too long</source>
        <translation>Ein Job lief: Die Zeiten sind zu lang</translation>
    </message>
    <message>
        <source>times: median of %1 requests</source>
        <translation>Zeiten: Median von %1 Anfragen</translation>
    </message>
    <message>
        <source>Nothing in it multiplies matrices</source>
        <translation>Nichts darin multipliziert Matrizen</translation>
    </message>
    <message>
        <source>Nothing in this IR is quantized. %1</source>
        <translation>Nichts in dieser IR ist quantisiert. %1</translation>
    </message>
    <message>
        <source>Not executed in INT8</source>
        <translation>Nicht in INT8 ausgeführt</translation>
    </message>
    <message>
        <source>Most of it: %1</source>
        <translation>Das meiste davon: %1</translation>
    </message>
    <message>
        <source>This processor has VNNI for INT8, but no AMX</source>
        <translation>Dieser Prozessor hat VNNI für INT8, aber kein AMX</translation>
    </message>
    <message>
        <source>This processor has neither VNNI nor AMX</source>
        <translation>Dieser Prozessor hat weder VNNI noch AMX</translation>
    </message>
    <message>
        <source>INT8 takes several instructions there, where VNNI takes one.</source>
        <translation>INT8 braucht dort mehrere Befehle, wo VNNI einen braucht.</translation>
    </message>
    <message>
        <source>Run again once it has ended.</source>
        <translation>Danach noch einmal ausführen.</translation>
    </message>
    <message>
        <source>This processor multiplies INT8 in AMX tiles</source>
        <translation>Dieser Prozessor multipliziert INT8 in AMX-Kacheln</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>wird geprüft</translation>
    </message>
    <message>
        <source>copying</source>
        <translation>wird kopiert</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>wird vorbereitet</translation>
    </message>
    <message>
        <source>warming up and pruning</source>
        <translation>Warm-up und Pruning</translation>
    </message>
    <message>
        <source>fine-tuning</source>
        <translation>Fine-Tuning</translation>
    </message>
    <message>
        <source>slicing</source>
        <translation>wird zugeschnitten</translation>
    </message>
    <message>
        <source>exporting</source>
        <translation>wird exportiert</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>wird gemessen</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>pausing: writing a checkpoint…</source>
        <translation>hält an: Checkpoint wird geschrieben…</translation>
    </message>
    <message>
        <source>stopping early, then finishing…</source>
        <translation>wird früh beendet, dann fertiggestellt…</translation>
    </message>
    <message>
        <source>cancelling…</source>
        <translation>wird abgebrochen…</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>interrupted at %1</source>
        <translation>unterbrochen bei %1</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>paused at %1</source>
        <translation>angehalten bei %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>Epoche %1 von %2</translation>
    </message>
    <message>
        <source>Heads kept</source>
        <translation>Heads behalten</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>Accuracy, held out</source>
        <translation>Genauigkeit, zurückgehalten</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>war %1</translation>
    </message>
    <message>
        <source>It waits: “%1” runs.</source>
        <translation>Er wartet: „%1“ läuft.</translation>
    </message>
    <message>
        <source>Drag it in the list, or press Alt+Up or Alt+Down, to run it earlier or later.</source>
        <translation>In der Liste ziehen oder Alt+Hoch oder Alt+Herunter drücken, um ihn früher oder später auszuführen.</translation>
    </message>
    <message>
        <source>“%1” is in the trash. What it made stays in Models.</source>
        <translation>„%1“ liegt im Papierkorb. Was daraus entstand, bleibt unter Modelle.</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>queued, needs %1</source>
        <translation>wartet auf %1</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 läuft</translation>
    </message>
    <message>
        <source>Training step</source>
        <translation>Trainingsschritt</translation>
    </message>
    <message>
        <source>Size, smaller by</source>
        <translation>Größe, kleiner um</translation>
    </message>
    <message>
        <source>p50 latency</source>
        <translation>p50-Latenz</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>It can go on from its last checkpoint.</source>
        <translation>Er kann vom letzten Checkpoint weitergehen.</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>Resume goes on from the last checkpoint. Discard deletes the checkpoints and keeps the log.</source>
        <translation>Fortsetzen geht vom letzten Checkpoint weiter. Verwerfen löscht die Checkpoints und behält das Log.</translation>
    </message>
    <message>
        <source>Finished.</source>
        <translation>Fertig.</translation>
    </message>
    <message>
        <source>Finished in %1.</source>
        <translation>Fertig in %1.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Show model</source>
        <translation>Modell zeigen</translation>
    </message>
    <message>
        <source>Show comparison</source>
        <translation>Vergleich zeigen</translation>
    </message>
    <message>
        <source>“%1” is in Models.</source>
        <translation>„%1“ steht unter Modelle.</translation>
    </message>
    <message>
        <source>“%1” is not in Models any more.</source>
        <translation>„%1“ ist nicht mehr bei den Modellen.</translation>
    </message>
    <message>
        <source>Cancelled. Only the log was kept.</source>
        <translation>Abgebrochen. Nur das Log blieb.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>“%1” has finished.</source>
        <translation>„%1“ ist fertig.</translation>
    </message>
    <message>
        <source>“%1” has failed.</source>
        <translation>„%1“ ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>“%1” was interrupted.</source>
        <translation>„%1“ wurde unterbrochen.</translation>
    </message>
    <message>
        <source>“%1”: %2.</source>
        <translation>„%1“: %2.</translation>
    </message>
    <message>
        <source>%1 queued</source>
        <translation>%1 wartet</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>The job failed.</source>
        <translation>Der Job ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 more rows stand in the HTML report.</source>
        <translation>%1 weitere Zeilen stehen im HTML-Bericht.</translation>
    </message>
    <message>
        <source>Compiled kernels</source>
        <translation>Kompilierte Kernel</translation>
    </message>
    <message>
        <source>Used by quantization-aware training on this processor. Rebuilding them takes half a minute.</source>
        <translation>Für quantisierungsbewusstes Training auf diesem Prozessor. Neu gebaut sind sie in einer halben Minute.</translation>
    </message>
    <message>
        <source>The report was not saved: %1.</source>
        <translation>Der Bericht wurde nicht gespeichert: %1.</translation>
    </message>
    <message>
        <source>Choose another folder, or free some space.</source>
        <translation>Einen anderen Ordner wählen oder Platz schaffen.</translation>
    </message>
    <message>
        <source>“%1” is an OpenVINO IR without a checkpoint: it can be measured, not trained.</source>
        <translation>„%1“ ist eine OpenVINO-IR ohne Checkpoint: sie lässt sich messen, aber nicht trainieren.</translation>
    </message>
    <message>
        <source>Import the Hugging Face folder that it was made from.</source>
        <translation>Den Hugging-Face-Ordner importieren, aus dem sie entstand.</translation>
    </message>
    <message>
        <source>%1 has no column “%2”; it has: %3.</source>
        <translation>%1 hat keine Spalte „%2“; vorhanden sind: %3.</translation>
    </message>
    <message>
        <source>Say which columns hold the text and the label (--columns text=NAME,label=NAME).</source>
        <translation>Angeben, welche Spalten Text und Label enthalten (--columns text=NAME,label=NAME).</translation>
    </message>
    <message>
        <source>%1 is neither TSV, CSV, JSONL nor Parquet.</source>
        <translation>%1 ist weder TSV noch CSV, JSONL oder Parquet.</translation>
    </message>
    <message>
        <source>Save it as one of these; a table with a header line and tabs between the columns will do.</source>
        <translation>In einem dieser Formate speichern; eine Tabelle mit Kopfzeile und Tabs zwischen den Spalten genügt.</translation>
    </message>
    <message>
        <source>%1 has no rows.</source>
        <translation>%1 hat keine Zeilen.</translation>
    </message>
    <message>
        <source>Choose a file with a header line and at least one labelled sentence.</source>
        <translation>Eine Datei mit Kopfzeile und mindestens einem Satz mit Label wählen.</translation>
    </message>
    <message>
        <source>There is no data file %1.</source>
        <translation>Es gibt keine Datendatei %1.</translation>
    </message>
    <message>
        <source>Check the path; a TSV, CSV, JSONL or Parquet file is wanted.</source>
        <translation>Den Pfad prüfen; gebraucht wird eine TSV-, CSV-, JSONL- oder Parquet-Datei.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>See that you may read it and that its disk is there, or choose another file.</source>
        <translation>Leserechte und Datenträger prüfen oder eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>%1 is not UTF-8 text (byte %2 of a block).</source>
        <translation>%1 ist kein UTF-8-Text (Byte %2 eines Blocks).</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>Als UTF-8 speichern.</translation>
    </message>
    <message>
        <source>%1, line %2: %3.</source>
        <translation>%1, Zeile %2: %3.</translation>
    </message>
    <message>
        <source>Correct that line, or save the table again.</source>
        <translation>Diese Zeile berichtigen oder die Tabelle neu speichern.</translation>
    </message>
    <message>
        <source>%1, line %2: %3 columns instead of %4.</source>
        <translation>%1, Zeile %2: %3 Spalten statt %4.</translation>
    </message>
    <message>
        <source>%1, line %2: not one JSON object a line (%3).</source>
        <translation>%1, Zeile %2: nicht ein JSON-Objekt je Zeile (%3).</translation>
    </message>
    <message>
        <source>Write one object such as {“text”: …, “label”: …} on each line.</source>
        <translation>In jede Zeile ein Objekt wie {&quot;text&quot;: …, &quot;label&quot;: …} schreiben.</translation>
    </message>
    <message>
        <source>The worker ended without an answer.</source>
        <translation>Der Prozess endete ohne Antwort.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Free some space, and see whether the workspace may be written to.</source>
        <translation>Platz schaffen und prüfen, ob der Arbeitsbereich beschreibbar ist.</translation>
    </message>
    <message>
        <source>The run&apos;s log cannot be written: %1.</source>
        <translation>Das Log des Laufs lässt sich nicht schreiben: %1.</translation>
    </message>
    <message>
        <source>What the job left behind cannot be deleted: %1.</source>
        <translation>Was der Job hinterlassen hat, lässt sich nicht löschen: %1.</translation>
    </message>
    <message>
        <source>The checkpoints cannot be deleted: %1.</source>
        <translation>Die Checkpoints lassen sich nicht löschen: %1.</translation>
    </message>
    <message>
        <source>The run cannot be moved to the trash: %1.</source>
        <translation>Der Lauf lässt sich nicht in den Papierkorb legen: %1.</translation>
    </message>
    <message>
        <source>The run cannot be brought back from the trash: %1.</source>
        <translation>Der Lauf lässt sich nicht aus dem Papierkorb zurückholen: %1.</translation>
    </message>
    <message>
        <source>The worker told something that this version cannot read.</source>
        <translation>Der Prozess hat etwas gemeldet, das diese Version nicht lesen kann.</translation>
    </message>
    <message>
        <source>Resume or start it again; if that repeats, memory may be short: close other programs or choose a smaller batch.</source>
        <translation>Setzen Sie fort oder starten Sie neu; wiederholt es sich, reicht vielleicht der Speicher nicht: Schließen Sie andere Programme oder wählen Sie einen kleineren Batch.</translation>
    </message>
    <message>
        <source>Start it again; if that repeats, report it with the details.</source>
        <translation>Starten Sie neu; wiederholt es sich, melden Sie es mit den Einzelheiten.</translation>
    </message>
    <message>
        <source>The worker was killed (%1).</source>
        <translation>Der Prozess wurde von außen beendet (%1).</translation>
    </message>
    <message>
        <source>The worker crashed (signal %1).</source>
        <translation>Der Prozess ist abgestürzt (Signal %1).</translation>
    </message>
    <message>
        <source>The worker stopped without a result (exit code %1).</source>
        <translation>Der Prozess endete ohne Ergebnis (Exit-Code %1).</translation>
    </message>
    <message>
        <source>The worker process could not be started.</source>
        <translation>Der Prozess konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>Reinstall Whittle: its Python interpreter or its files are missing.</source>
        <translation>Installieren Sie Whittle neu: Sein Python-Interpreter oder seine Dateien fehlen.</translation>
    </message>
    <message>
        <source>Another Whittle process looks after this job.</source>
        <translation>Um diesen Job kümmert sich ein anderer Whittle-Prozess.</translation>
    </message>
    <message>
        <source>Cancel, pause or wait for it there.</source>
        <translation>Dort abbrechen, anhalten oder abwarten.</translation>
    </message>
    <message>
        <source>The job %1, which this one needs, is gone.</source>
        <translation>Den Job %1, den dieser braucht, gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Start both again.</source>
        <translation>Starten Sie beide neu.</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>Er wurde abgebrochen.</translation>
    </message>
    <message>
        <source>“%1”, which this job needs, did not finish: %2</source>
        <translation>„%1“, das dieser Job braucht, wurde nicht fertig: %2</translation>
    </message>
    <message>
        <source>Start that one again, then this one.</source>
        <translation>Starten Sie zuerst jenen neu, dann diesen.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 ließ sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to.</source>
        <translation>Einen Ordner mit Schreibrecht wählen.</translation>
    </message>
    <message>
        <source>The model has no such folder.</source>
        <translation>Das Modell hat keinen solchen Ordner.</translation>
    </message>
    <message>
        <source>Export the other form, or import it again.</source>
        <translation>Die andere Form exportieren oder neu importieren.</translation>
    </message>
    <message>
        <source>%1 exists already; nothing was overwritten.</source>
        <translation>%1 gibt es schon; nichts wurde überschrieben.</translation>
    </message>
    <message>
        <source>Choose another folder, or rename the model.</source>
        <translation>Einen anderen Ordner wählen oder das Modell umbenennen.</translation>
    </message>
    <message>
        <source>The disk of %1 is full; what was begun was removed again.</source>
        <translation>Die Platte mit %1 ist voll; das Begonnene wurde wieder entfernt.</translation>
    </message>
    <message>
        <source>Preselected in Try, Compare, Benchmark and Execution; Compress gives its advice for it.</source>
        <translation>Womit Testen, Vergleichen, Benchmark und Ausführung beginnen und wofür Komprimieren rät.</translation>
    </message>
    <message>
        <source>Choose a file of texts in UTF-8, one a line.</source>
        <translation>Eine Datei mit Texten in UTF-8 wählen, einer pro Zeile.</translation>
    </message>
    <message>
        <source>%1 is too large to be tried text by text.</source>
        <translation>%1 ist zu groß, um Text für Text ausprobiert zu werden.</translation>
    </message>
    <message>
        <source>%1 is not UTF-8 text.</source>
        <translation>%1 ist kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>Free some space there, or choose a folder on another disk.</source>
        <translation>Dort Platz schaffen oder einen Ordner auf einer anderen Platte wählen.</translation>
    </message>
    <message>
        <source>%1 could not be deleted: %2.</source>
        <translation>%1 ließ sich nicht löschen: %2.</translation>
    </message>
    <message>
        <source>Close what has its files open, or delete the folder by hand.</source>
        <translation>Schließen, was seine Dateien geöffnet hat, oder den Ordner von Hand löschen.</translation>
    </message>
    <message>
        <source>About %1 stay, up to %2 while it runs, %3; %4 free</source>
        <translation>Etwa %1 bleiben, bis %2 während des Laufs, %3; %4 frei</translation>
    </message>
    <message>
        <source>%1: applies to what is made from the model too</source>
        <translation>%1: gilt auch für alles, was aus dem Modell entsteht</translation>
    </message>
    <message>
        <source>No INT8 there: the result runs in floating point and gains by pruning alone (%1)</source>
        <translation>Kein INT8: Das Ergebnis läuft dort in Gleitkomma und gewinnt allein durch das Beschneiden (%1)</translation>
    </message>
    <message>
        <source>INT8 in its matrix units (%1)</source>
        <translation>INT8 in seinen Matrixeinheiten (%1)</translation>
    </message>
    <message>
        <source>About %1, %2</source>
        <translation>Etwa %1, %2</translation>
    </message>
    <message>
        <source>from the model&apos;s size, as no run has finished here yet</source>
        <translation>nach der Größe des Modells, da hier noch kein Lauf fertig wurde</translation>
    </message>
    <message>
        <source>from 1 earlier run here on other models</source>
        <translation>nach einem früheren Lauf hier mit anderen Modellen</translation>
    </message>
    <message>
        <source>from %1 earlier runs here on other models</source>
        <translation>nach %1 früheren Läufen hier mit anderen Modellen</translation>
    </message>
    <message>
        <source>About %1, %2; this computer has %3. Take a smaller batch.</source>
        <translation>Etwa %1, %2; dieser Rechner hat %3. Einen kleineren Batch nehmen.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>%1. Free some first.</source>
        <translation>%1. Erst Platz schaffen.</translation>
    </message>
    <message>
        <source>Space on the disk</source>
        <translation>Platz auf der Platte</translation>
    </message>
    <message>
        <source>It does not report its capabilities</source>
        <translation>Es verrät nicht, was es kann</translation>
    </message>
    <message>
        <source>from 1 earlier run here</source>
        <translation>nach einem früheren Lauf hier</translation>
    </message>
    <message>
        <source>from %1 earlier runs here</source>
        <translation>nach %1 früheren Läufen hier</translation>
    </message>
    <message>
        <source>Not measured yet on this computer</source>
        <translation>Auf diesem Rechner noch nicht gemessen</translation>
    </message>
    <message>
        <source>Memory may not suffice</source>
        <translation>Der Speicher reicht vielleicht nicht</translation>
    </message>
    <message>
        <source>Not enough space on the disk</source>
        <translation>Nicht genug Platz auf der Platte</translation>
    </message>
    <message>
        <source>This model cannot be trained</source>
        <translation>Dieses Modell lässt sich nicht trainieren</translation>
    </message>
    <message>
        <source>It is an OpenVINO IR without a checkpoint. Import the Hugging Face folder it was made from.</source>
        <translation>Es ist eine OpenVINO-IR ohne Checkpoint. Den Hugging-Face-Ordner importieren, aus dem sie entstand.</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>No training data</source>
        <translation>Keine Trainingsdaten</translation>
    </message>
    <message>
        <source>Choose a dataset or a file.</source>
        <translation>Einen Datensatz oder eine Datei wählen.</translation>
    </message>
    <message>
        <source>Too few sentences are left to train on</source>
        <translation>Zu wenige Sätze bleiben zum Trainieren</translation>
    </message>
    <message>
        <source>%1 of %2 sentences are no full batch of %3. Take more data or a smaller batch.</source>
        <translation>%1 von %2 Sätzen sind kein voller Batch von %3. Mehr Daten nehmen oder einen kleineren Batch.</translation>
    </message>
    <message>
        <source>No separate evaluation data</source>
        <translation>Keine eigenen Evaluationsdaten</translation>
    </message>
    <message>
        <source>The accuracy of the result is not measured; the curve is drawn on held-out training sentences.</source>
        <translation>Die Genauigkeit des Ergebnisses wird nicht gemessen; die Kurve entsteht aus zurückgehaltenen Trainingssätzen.</translation>
    </message>
    <message>
        <source>The recipe contradicts itself</source>
        <translation>Das Rezept widerspricht sich</translation>
    </message>
    <message>
        <source>INT8 sums can overflow on this processor</source>
        <translation>INT8-Summen können auf diesem Prozessor überlaufen</translation>
    </message>
    <message>
        <source>It has neither VNNI nor AMX. Set the saturation fix to “enable”, or run the result elsewhere.</source>
        <translation>Er hat weder VNNI noch AMX. Den Sättigungsschutz auf „an“ stellen oder das Ergebnis anderswo ausführen.</translation>
    </message>
    <message>
        <source>%1 is not found here</source>
        <translation>%1 wird hier nicht gefunden</translation>
    </message>
    <message>
        <source>OpenVINO finds %1. Choose another device in Settings, or install its driver.</source>
        <translation>OpenVINO findet %1. Wählen Sie in den Einstellungen ein anderes Gerät, oder installieren Sie seinen Treiber.</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>OpenVINO finds only the CPU</source>
        <translation>OpenVINO findet nur den Prozessor</translation>
    </message>
    <message>
        <source>No C++ compiler</source>
        <translation>Kein C++-Compiler</translation>
    </message>
    <message>
        <source>The kernels of INT8 training are compiled once on each machine; where they are not built yet the job ends with an error. Install g++ (Debian: sudo apt install g++).</source>
        <translation>Die Kernel des INT8-Trainings werden auf jedem Rechner einmal kompiliert; fehlen sie noch, endet der Job mit einem Fehler. g++ installieren (Debian: sudo apt install g++).</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>This task is not supported</source>
        <translation>Diese Aufgabe wird nicht unterstützt</translation>
    </message>
    <message>
        <source>The model does %1; JPQD works for text classification.</source>
        <translation>Das Modell macht %1; JPQD geht für Textklassifikation.</translation>
    </message>
    <message>
        <source>Text classification</source>
        <translation>Textklassifikation</translation>
    </message>
    <message>
        <source>%1 with %2 classes</source>
        <translation>%1 mit %2 Klassen</translation>
    </message>
    <message>
        <source>The labels do not fit</source>
        <translation>Die Labels passen nicht</translation>
    </message>
    <message>
        <source>“%1” has %2 classes, the model %3.</source>
        <translation>„%1“ hat %2 Klassen, das Modell %3.</translation>
    </message>
    <message>
        <source>Little data</source>
        <translation>Wenig Daten</translation>
    </message>
    <message>
        <source>%1 sentences: the accuracy will suffer.</source>
        <translation>%1 Sätze: die Genauigkeit wird leiden.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>%1 sentences to train on</source>
        <translation>%1 Sätze zum Trainieren</translation>
    </message>
    <message>
        <source>The saturation fix is not needed here</source>
        <translation>Der Sättigungsschutz ist hier unnötig</translation>
    </message>
    <message>
        <source>This processor has %1: full-range weights are safe and more accurate. Keep the fix only for other processors.</source>
        <translation>Dieser Prozessor hat %1: der volle Wertebereich ist sicher und genauer. Den Schutz nur für andere Prozessoren behalten.</translation>
    </message>
    <message>
        <source>This processor has %1</source>
        <translation>Dieser Prozessor hat %1</translation>
    </message>
    <message>
        <source>The classes have other names</source>
        <translation>Die Klassen heißen anders</translation>
    </message>
    <message>
        <source>“%1” calls them %2, the model %3. They are taken in this order.</source>
        <translation>„%1“ nennt sie %2, das Modell %3. Sie werden in dieser Reihenfolge genommen.</translation>
    </message>
    <message>
        <source>an unknown task</source>
        <translation>eine unbekannte Aufgabe</translation>
    </message>
    <message>
        <source>%1, row %2: the label “%3” is none of the model&apos;s classes: %4.</source>
        <translation>%1, Zeile %2: das Label „%3“ ist keine der Klassen des Modells: %4.</translation>
    </message>
    <message>
        <source>Correct the label, choose another label column, or use a model with these classes.</source>
        <translation>Das Label berichtigen, eine andere Label-Spalte wählen oder ein Modell mit diesen Klassen verwenden.</translation>
    </message>
    <message>
        <source>%1, row %2: the column “%3” is empty.</source>
        <translation>%1, Zeile %2: die Spalte „%3“ ist leer.</translation>
    </message>
    <message>
        <source>Fill it in or remove the row.</source>
        <translation>Ausfüllen oder die Zeile entfernen.</translation>
    </message>
    <message>
        <source>The folder %1 has no training file (train.tsv, .csv, .jsonl or .parquet).</source>
        <translation>Im Ordner %1 ist keine Trainingsdatei (train.tsv, .csv, .jsonl oder .parquet).</translation>
    </message>
    <message>
        <source>Name the file itself.</source>
        <translation>Die Datei selbst angeben.</translation>
    </message>
    <message>
        <source>The index of the workspace cannot be read: %1.</source>
        <translation>Der Index des Arbeitsbereichs ist nicht lesbar: %1.</translation>
    </message>
    <message>
        <source>Move %1 away and open the workspace again: the index is rebuilt from the folders.</source>
        <translation>%1 wegschieben und den Arbeitsbereich wieder öffnen: der Index wird aus den Ordnern neu aufgebaut.</translation>
    </message>
    <message>
        <source>The workspace %1 cannot be written to.</source>
        <translation>Der Arbeitsbereich %1 ist nicht beschreibbar.</translation>
    </message>
    <message>
        <source>Choose a workspace in a folder that you may write to (--workspace DIR), or remount the file system for writing.</source>
        <translation>Einen Arbeitsbereich in einem Ordner mit Schreibrecht wählen (--workspace DIR) oder das Dateisystem beschreibbar einhängen.</translation>
    </message>
    <message>
        <source>The disk with the workspace %1 is full.</source>
        <translation>Die Platte mit dem Arbeitsbereich %1 ist voll.</translation>
    </message>
    <message>
        <source>Free some space and try again; nothing that was stored is lost.</source>
        <translation>Platz schaffen und noch einmal versuchen; nichts Gespeichertes ist verloren.</translation>
    </message>
    <message>
        <source>Another program has kept the workspace %1 locked for too long.</source>
        <translation>Ein anderes Programm hat den Arbeitsbereich %1 zu lange gesperrt.</translation>
    </message>
    <message>
        <source>Close other programs that have whittle.sqlite open, then try again.</source>
        <translation>Andere Programme schließen, die whittle.sqlite geöffnet haben, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The workspace %1 was made by a newer version of Whittle (its index has version %2, this program reads up to %3).</source>
        <translation>Der Arbeitsbereich %1 stammt von einer neueren Version von Whittle (sein Index hat Version %2, dieses Programm liest bis %3).</translation>
    </message>
    <message>
        <source>Update Whittle, or choose another workspace.</source>
        <translation>Whittle aktualisieren oder einen anderen Arbeitsbereich wählen.</translation>
    </message>
    <message>
        <source>There is no dataset and no file “%1” (datasets: %2).</source>
        <translation>Es gibt weder Datensatz noch Datei „%1“ (Datensätze: %2).</translation>
    </message>
    <message>
        <source>Give the path of a TSV, CSV, JSONL or Parquet file, or “reviews” for the starter&apos;s.</source>
        <translation>Den Pfad einer TSV-, CSV-, JSONL- oder Parquet-Datei angeben, oder „reviews“ für die Daten des Startmodells.</translation>
    </message>
    <message>
        <source>There is no model “%1” in this workspace (there are: %2).</source>
        <translation>In diesem Arbeitsbereich gibt es kein Modell „%1“ (vorhanden: %2).</translation>
    </message>
    <message>
        <source>Name one of them, or import it: whittle import SOURCE.</source>
        <translation>Eines davon nennen oder es importieren: whittle import SOURCE.</translation>
    </message>
    <message>
        <source>%1 models are called “%2”.</source>
        <translation>%1 Modelle heißen „%2“.</translation>
    </message>
    <message>
        <source>Use an id: %1.</source>
        <translation>Eine ID verwenden: %1.</translation>
    </message>
    <message>
        <source>A job makes a model called “%1” already.</source>
        <translation>Ein Job macht schon ein Modell namens „%1“.</translation>
    </message>
    <message>
        <source>The trash has no model %1.</source>
        <translation>Im Papierkorb ist kein Modell %1.</translation>
    </message>
    <message>
        <source>Look into the workspace&apos;s trash folder.</source>
        <translation>Im Papierkorb-Ordner des Arbeitsbereichs nachsehen.</translation>
    </message>
    <message>
        <source>The model %1 was not deleted.</source>
        <translation>Das Modell %1 wurde nicht gelöscht.</translation>
    </message>
    <message>
        <source>Move it to the trash again, and delete it from there.</source>
        <translation>Noch einmal in den Papierkorb legen und von dort löschen.</translation>
    </message>
    <message>
        <source>There is no model %1 in this workspace.</source>
        <translation>In diesem Arbeitsbereich gibt es kein Modell %1.</translation>
    </message>
    <message>
        <source>It may have been moved to the trash by another window.</source>
        <translation>Vielleicht hat es ein anderes Fenster in den Papierkorb gelegt.</translation>
    </message>
    <message>
        <source>A model needs a name.</source>
        <translation>Ein Modell braucht einen Namen.</translation>
    </message>
    <message>
        <source>Type at least one character.</source>
        <translation>Mindestens ein Zeichen eingeben.</translation>
    </message>
    <message>
        <source>The name has %1 characters; %2 are allowed.</source>
        <translation>Der Name hat %1 Zeichen; erlaubt sind %2.</translation>
    </message>
    <message>
        <source>Shorten it; there is room for more in the notes.</source>
        <translation>Kürzen; in den Notizen ist Platz für mehr.</translation>
    </message>
    <message>
        <source>Another model is called “%1” already.</source>
        <translation>Ein anderes Modell heißt schon „%1“.</translation>
    </message>
    <message>
        <source>Choose a name that tells them apart.</source>
        <translation>Einen Namen wählen, der sie unterscheidet.</translation>
    </message>
    <message>
        <source>There is no run %1.</source>
        <translation>Es gibt keinen Lauf %1.</translation>
    </message>
    <message>
        <source>See: whittle models.</source>
        <translation>Siehe: whittle models.</translation>
    </message>
    <message>
        <source>The trash has no run %1.</source>
        <translation>Im Papierkorb ist kein Lauf %1.</translation>
    </message>
    <message>
        <source>A worker is still busy with this job.</source>
        <translation>Ein Prozess arbeitet noch an diesem Job.</translation>
    </message>
    <message>
        <source>Wait until it has ended, then try again.</source>
        <translation>Warten, bis er beendet ist, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Free some space, or choose another workspace (--workspace DIR).</source>
        <translation>Platz schaffen oder einen anderen Arbeitsbereich wählen (--workspace DIR).</translation>
    </message>
    <message>
        <source>%1 is not a folder that can hold a workspace.</source>
        <translation>%1 ist kein Ordner, der einen Arbeitsbereich aufnehmen kann.</translation>
    </message>
    <message>
        <source>Choose an empty folder, or one that Whittle made (--workspace DIR).</source>
        <translation>Einen leeren Ordner wählen oder einen, den Whittle angelegt hat (--workspace DIR).</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>Sparsity</translation>
    </message>
    <message>
        <source>Movement sparsity (Sanh 2020; Lagunas 2021).</source>
        <translation>Movement Sparsity (Sanh 2020; Lagunas 2021).</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgenommen</translation>
    </message>
    <message>
        <source>Regular expressions of layers that are not pruned.</source>
        <translation>Reguläre Ausdrücke von Schichten, die nicht geprunt werden.</translation>
    </message>
    <message>
        <source>Warm-up starts</source>
        <translation>Warm-up beginnt</translation>
    </message>
    <message>
        <source>Epoch at which the threshold begins to rise.</source>
        <translation>Epoche, ab der die Schwelle steigt.</translation>
    </message>
    <message>
        <source>Warm-up ends</source>
        <translation>Warm-up endet</translation>
    </message>
    <message>
        <source>Epoch at which the masks are resolved and the network is sliced.</source>
        <translation>Epoche, in der die Masken aufgelöst werden und das Netz zugeschnitten wird.</translation>
    </message>
    <message>
        <source>Distillation weight</source>
        <translation>Gewicht der Destillation</translation>
    </message>
    <message>
        <source>Share of the prunable weights to remove. Set, the threshold is found each step so that the target is met exactly; empty, threshold and regularization decide.</source>
        <translation>Anteil der prunbaren Gewichte, der wegfallen soll. Ist er gesetzt, wird die Schwelle in jedem Schritt so gesucht, dass er genau erreicht wird; leer entscheiden Schwelle und Regularisierung.</translation>
    </message>
    <message>
        <source>Regularization λ</source>
        <translation>Regularisierung λ</translation>
    </message>
    <message>
        <source>Weight of the pressure on the scores.</source>
        <translation>Gewicht des Drucks auf die Scores.</translation>
    </message>
    <message>
        <source>Final threshold</source>
        <translation>Endschwelle</translation>
    </message>
    <message>
        <source>Importance below which a weight is masked.</source>
        <translation>Wichtigkeit, unter der ein Gewicht maskiert wird.</translation>
    </message>
    <message>
        <source>Initial threshold</source>
        <translation>Anfangsschwelle</translation>
    </message>
    <message>
        <source>Empty: the 0.1 % quantile of all scores at the first warm-up step.</source>
        <translation>Leer: das 0,1-%-Quantil aller Scores im ersten Warm-up-Schritt.</translation>
    </message>
    <message>
        <source>Schedule power</source>
        <translation>Potenz des Verlaufs</translation>
    </message>
    <message>
        <source>Exponent of the polynomial schedule.</source>
        <translation>Exponent des polynomiellen Verlaufs.</translation>
    </message>
    <message>
        <source>Score learning rate</source>
        <translation>Lernrate der Scores</translation>
    </message>
    <message>
        <source>Empty: the learning rate of the weights.</source>
        <translation>Leer: die Lernrate der Gewichte.</translation>
    </message>
    <message>
        <source>Importance</source>
        <translation>Wichtigkeit</translation>
    </message>
    <message>
        <source>movement: learned scores (Sanh 2020); fisher: mean squared gradient of each structure&apos;s mask per parameter (Kwon 2022), which needs no warm start.</source>
        <translation>Movement: gelernte Scores (Sanh 2020); Fisher: mittlerer quadrierter Gradient der Maske jeder Struktur je Parameter (Kwon 2022), braucht keinen Warmstart.</translation>
    </message>
    <message>
        <source>fisher</source>
        <translation>Fisher</translation>
    </message>
    <message>
        <source>movement</source>
        <translation>Movement</translation>
    </message>
    <message>
        <source>Importance memory</source>
        <translation>Gedächtnis der Wichtigkeit</translation>
    </message>
    <message>
        <source>Decay of the Fisher average, per step.</source>
        <translation>Abklingen des Fisher-Mittels je Schritt.</translation>
    </message>
    <message>
        <source>Remove structures</source>
        <translation>Strukturen entfernen</translation>
    </message>
    <message>
        <source>Resolve whole heads and neurons at the end of warm-up and slice them away.</source>
        <translation>Am Ende des Warm-ups ganze Heads und Neuronen bestimmen und herausschneiden.</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>Quantization-aware training by NNCF.</source>
        <translation>Quantisierungsbewusstes Training mit NNCF.</translation>
    </message>
    <message>
        <source>INT8</source>
        <translation>INT8</translation>
    </message>
    <message>
        <source>Products of the IR that no node names: %1</source>
        <translation>Produkte der IR, die kein Knoten nennt: %1</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>Verwerfen…</translation>
    </message>
    <message>
        <source>Target sparsity</source>
        <translation>Ziel-Sparsity</translation>
    </message>
    <message>
        <source>Quantize weights and activations to 8 bits.</source>
        <translation>Gewichte und Aktivierungen auf 8 Bit quantisieren.</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Fake quantization from the first step, or once the network is sliced.</source>
        <translation>Fake-Quantisierung vom ersten Schritt an oder erst nach dem Zuschneiden.</translation>
    </message>
    <message>
        <source>after warmup</source>
        <translation>nach dem Warm-up</translation>
    </message>
    <message>
        <source>beginning</source>
        <translation>von Anfang an</translation>
    </message>
    <message>
        <source>Saturation fix</source>
        <translation>Sättigungsschutz</translation>
    </message>
    <message>
        <source>Use half the weight range, for CPUs without VNNI or AMX, where 16-bit sums can overflow.</source>
        <translation>Nur den halben Wertebereich der Gewichte nutzen, für CPUs ohne VNNI und AMX, bei denen 16-Bit-Summen überlaufen können.</translation>
    </message>
    <message>
        <source>disable</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>enable</source>
        <translation>an</translation>
    </message>
    <message>
        <source>first layer only</source>
        <translation>nur erste Schicht</translation>
    </message>
    <message>
        <source>Calibration samples</source>
        <translation>Kalibrierbeispiele</translation>
    </message>
    <message>
        <source>Sentences that set the activation ranges.</source>
        <translation>Sätze, die die Bereiche der Aktivierungen bestimmen.</translation>
    </message>
    <message>
        <source>Range low</source>
        <translation>Bereich unten</translation>
    </message>
    <message>
        <source>Lower percentile of an activation&apos;s range.</source>
        <translation>Unteres Perzentil des Bereichs einer Aktivierung.</translation>
    </message>
    <message>
        <source>Range high</source>
        <translation>Bereich oben</translation>
    </message>
    <message>
        <source>Upper percentile of an activation&apos;s range.</source>
        <translation>Oberes Perzentil des Bereichs einer Aktivierung.</translation>
    </message>
    <message>
        <source>Distillation</source>
        <translation>Destillation</translation>
    </message>
    <message>
        <source>Learning from the original&apos;s outputs (Hinton 2015; CoFi 2022 for the hidden states).</source>
        <translation>Lernen aus den Ausgaben des Originals (Hinton 2015; CoFi 2022 für die Hidden States).</translation>
    </message>
    <message>
        <source>Share of the distillation loss; the task&apos;s loss gets the rest.</source>
        <translation>Anteil des Destillations-Loss; den Rest bekommt der Loss der Aufgabe.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Softens both distributions.</source>
        <translation>Glättet beide Verteilungen.</translation>
    </message>
    <message>
        <source>Hidden states</source>
        <translation>Hidden States</translation>
    </message>
    <message>
        <source>Weight of the mean squared distance to the teacher&apos;s layer outputs.</source>
        <translation>Gewicht des mittleren quadratischen Abstands zu den Schichtausgaben des Teachers.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Fine-tuning on the transformers Trainer.</source>
        <translation>Fine-Tuning mit dem Trainer von transformers.</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Passes over the training data.</source>
        <translation>Durchgänge durch die Trainingsdaten.</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Batchgröße</translation>
    </message>
    <message>
        <source>Sentences a step.</source>
        <translation>Sätze je Schritt.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Peak, reached after the warm-up share, then linear to zero.</source>
        <translation>Höchstwert nach dem Warm-up-Anteil, danach linear auf null.</translation>
    </message>
    <message>
        <source>Learning-rate warm-up</source>
        <translation>Warm-up der Lernrate</translation>
    </message>
    <message>
        <source>Share of the steps.</source>
        <translation>Anteil der Schritte.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Weight Decay</translation>
    </message>
    <message>
        <source>Of the weights, not of scores.</source>
        <translation>Der Gewichte, nicht der Scores.</translation>
    </message>
    <message>
        <source>Longest input</source>
        <translation>Längste Eingabe</translation>
    </message>
    <message>
        <source>Tokens; longer ones are cut.</source>
        <translation>Tokens; Längeres wird gekürzt.</translation>
    </message>
    <message>
        <source>Training sentences</source>
        <translation>Trainingssätze</translation>
    </message>
    <message>
        <source>Empty: all. Otherwise that many, drawn by the seed.</source>
        <translation>Leer: alle. Sonst so viele, nach dem Seed gezogen.</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>Zurückgehalten</translation>
    </message>
    <message>
        <source>Training sentences kept aside for the accuracy curve while training.</source>
        <translation>Trainingssätze, die für die Genauigkeitskurve während des Trainings beiseite bleiben.</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>Evaluieren alle</translation>
    </message>
    <message>
        <source>Steps between two points of the accuracy curve.</source>
        <translation>Schritte zwischen zwei Punkten der Genauigkeitskurve.</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>Checkpoint alle</translation>
    </message>
    <message>
        <source>Steps between two checkpoints; also at every stage&apos;s end.</source>
        <translation>Schritte zwischen zwei Checkpoints; außerdem am Ende jeder Stufe.</translation>
    </message>
    <message>
        <source>Train embeddings</source>
        <translation>Embeddings trainieren</translation>
    </message>
    <message>
        <source>Off: the embedding tables stay, which saves time and memory.</source>
        <translation>Aus: die Embedding-Tabellen bleiben, das spart Zeit und Speicher.</translation>
    </message>
    <message>
        <source>Arithmetic</source>
        <translation>Arithmetik</translation>
    </message>
    <message>
        <source>auto: bf16 where the CPU multiplies it natively, else f32.</source>
        <translation>auto: bf16, wo die CPU es nativ multipliziert, sonst f32.</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>bf16</source>
        <translation>bf16</translation>
    </message>
    <message>
        <source>f32</source>
        <translation>f32</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Of shuffling, dropout and sampling.</source>
        <translation>Für Mischen, Dropout und Stichproben.</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messung</translation>
    </message>
    <message>
        <source>What is measured on the result.</source>
        <translation>Was am Ergebnis gemessen wird.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Sentences per request.</source>
        <translation>Sätze je Anfrage.</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Tokens a sentence.</source>
        <translation>Tokens je Satz.</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Of measuring latency and, again, throughput; for each model.</source>
        <translation>Für die Messung der Latenz und noch einmal des Durchsatzes; je Modell.</translation>
    </message>
</context>
</TS>
