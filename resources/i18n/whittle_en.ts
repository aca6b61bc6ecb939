<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ModelImports</name>
    <message numerus="yes">
        <source>Importing %n model(s), now “%1”… %2</source>
        <translation>
            <numerusform>Importing %n model, now “%1”… %2</numerusform>
            <numerusform>Importing %n models, now “%1”… %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelTrash</name>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n model(s) for good?</source>
        <translation>
            <numerusform>Delete %n model for good?</numerusform>
            <numerusform>Delete %n models for good?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message numerus="yes">
        <source>Trash: %n model(s)</source>
        <translation>
            <numerusform>Trash: %n model</numerusform>
            <numerusform>Trash: %n models</numerusform>
        </translation>
    </message>
</context>
</TS>
