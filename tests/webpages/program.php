<?php $article = load($_GET["id"]); ?>
<html><head><title><?= $article->title ?></title></head><body><?= $article->text ?></body></html>
